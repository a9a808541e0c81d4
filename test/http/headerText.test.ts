import * as fc from 'fast-check';
import { headerText } from '../../src/http/headerText.ts';
import { law } from '../support/law.ts';

describe('text in a header', () => {
  it.each([
    ['the quota is spent', 'the quota is spent'],
    [' two\r\n\tlines ', 'two lines'],
    ['Defender’s', "Defender's"],
    ['für 5 €', 'f?r 5 ?'],
  ])('%j is %j', (text, header) => {
    expect(headerText(text)).toBe(header);
  });

  it('is cut where it is long', () => {
    expect(headerText('a'.repeat(100_000))).toBe(`${'a'.repeat(497)}...`);
    expect(headerText('a'.repeat(500))).toBe('a'.repeat(500));
  });

  it('is always one that a header takes as it is', () =>
    law(
      fc.property(fc.string({ unit: 'binary', maxLength: 1200 }), (text) => {
        const header = headerText(text);
        expect(header).toMatch(/^[ -~]{0,500}$/);
        expect(new Headers({ header }).get('header')).toBe(header);
      }),
    ));
});
