import * as fc from 'fast-check';
import { readSkipToken, writeSkipToken } from '../../src/http/skipToken.ts';
import { law } from '../support/law.ts';

describe('a skiptoken of the gateway’s own lists', () => {
  it('gives back the position it was written for, and needs no escaping', () => {
    law(
      fc.property(fc.string(), fc.string({ unit: 'grapheme' }), (list, position) => {
        const token = writeSkipToken(list, position);
        expect(token).toMatch(/^[\w-]*$/);
        expect(readSkipToken(list, token)).toBe(position);
      }),
    );
  });

  it('is none where it was cut, changed, or written for another list', () => {
    const token = writeSkipToken('snapshots', '20261121T190000Z');
    expect(readSkipToken('snapshotTrend', token)).toBeUndefined();
    expect(readSkipToken('snapshots', token.slice(0, -1))).toBeUndefined();
    expect(readSkipToken('snapshots', `${token.slice(0, -3)}AAA`)).toBeUndefined();
    expect(readSkipToken('snapshots', `${token}=`)).toBeUndefined();
    expect(readSkipToken('snapshots', '')).toBeUndefined();
    expect(readSkipToken('snapshots', 'nonsense')).toBeUndefined();
  });
});
