import * as fc from 'fast-check';
import { isOurs, type Place, readPlace, writePlace } from '../../../src/snapshots/live/place.ts';
import { law } from '../../support/law.ts';

const places: fc.Arbitrary<Place> = fc.oneof(
  fc.record({
    kind: fc.constant('machines' as const),
    next: fc.string({ minLength: 1, maxLength: 800 }),
    given: fc.nat(10_000_000),
  }),
  fc.record({
    kind: fc.constant('stored' as const),
    run: fc.constant('20261118T110000Z'),
    id: fc.string({ maxLength: 100 }),
  }),
);

const preview = Buffer.from('states:1000').toString('base64url');
const token = writePlace({ kind: 'machines', next: 'abc', given: 10 });
const made = (json: unknown) => Buffer.from(JSON.stringify(json)).toString('base64url');

describe('the token of a place in composed states', () => {
  it('says what was written, in characters that a link may hold', () => {
    law(
      fc.property(places, (place) => {
        const text = writePlace(place);
        expect(text).toMatch(/^[\w-]+$/);
        expect(isOurs(text)).toBe(true);
        expect(readPlace(text)).toEqual(place);
      }),
    );
  });

  it('is known as ours where it was cut, and leads nowhere then', () => {
    const cut = token.slice(0, -7);
    expect([isOurs(cut), readPlace(cut)]).toEqual([true, undefined]);
  });

  it.each([preview, '', 'eyJ', made({ at: { kind: 'stored' } })])('is not ours: %j', (text) => {
    expect([isOurs(text), readPlace(text)]).toEqual([false, undefined]);
  });

  it.each([
    [{ gateway: 1, at: { kind: 'machines', next: 'abc', given: -1 } }],
    [{ gateway: 1, at: { kind: 'machines', next: '', given: 0 } }],
    [{ gateway: 1, at: { kind: 'stored', run: '20261118T110000Z' } }],
    [{ gateway: 1, at: { kind: 'stored', run: 'x'.repeat(21), id: 'a' } }],
    [{ gateway: 1, at: { kind: 'other' } }],
    [{ gateway: 12, at: { kind: 'machines', next: 'abc', given: 0 } }],
  ])('leads nowhere where somebody wrote it himself: %j', (json) => {
    expect(readPlace(made(json))).toBeUndefined();
  });
});
