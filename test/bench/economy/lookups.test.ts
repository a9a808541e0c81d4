import fc from 'fast-check';
import { distinctNames, lookupPath, verdictOf } from '../../../bench/economy/measures/lookups.ts';

const rowsOf = (...names: (string | null)[]) => names.map((computerDnsName) => ({ computerDnsName }));

describe('the names that are looked up', () => {
  it('are those of one record, as they are written there', () => {
    const rows = rowsOf('Dev-7', 'b.contoso.com', 'twin.contoso.com', null, 'TWIN.contoso.com', '');
    expect([...distinctNames(rows, 2, 1)].sort()).toEqual(['Dev-7', 'b.contoso.com']);
  });

  it('are refused when the fleet has too few', () => {
    expect(() => distinctNames(rowsOf('a', 'b', 'B'), 2, 1)).toThrow('the fleet has 1 names of one record, not 2');
  });

  it('come in the same order for the same seed, and each once', () => {
    const rows = rowsOf(...Array.from({ length: 50 }, (_, n) => `pc-${n}`));
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: 50 }), (seed, wanted) => {
        const names = distinctNames(rows, wanted, seed);
        expect(names).toEqual(distinctNames(rows, wanted, seed));
        expect(new Set(names).size).toBe(wanted);
      }),
    );
    expect(distinctNames(rows, 50, 1)).not.toEqual(distinctNames(rows, 50, 2));
  });

  it('stand in the filter with their quotes doubled and everything escaped', () => {
    expect(lookupPath("o'brien & co")).toBe("/api/machines?$filter=computerDnsName%20eq%20'o''brien%20%26%20co'");
  });
});

describe('the verdict on an answer', () => {
  const body = (value: object) => Buffer.from(JSON.stringify(value));
  const expected = body({ '@odata.context': 'c', value: [{ computerDnsName: 'a', id: '1' }] });

  it.each([
    ['the same bytes', expected, 'same'],
    [
      'another order of properties',
      body({ value: [{ id: '1', computerDnsName: 'a' }], '@odata.context': 'c' }),
      'equal',
    ],
    ['another machine', body({ '@odata.context': 'c', value: [{ computerDnsName: 'b', id: '2' }] }), 'wrong'],
    ['one machine too many', body({ '@odata.context': 'c', value: [{ computerDnsName: 'a', id: '1' }, {}] }), 'wrong'],
    ['a property less', body({ '@odata.context': 'c', value: [{ computerDnsName: 'a' }] }), 'wrong'],
    ['no JSON', Buffer.from('oops'), 'wrong'],
  ])('on %s', (_, given, verdict) => {
    expect(verdictOf('a', given, expected)).toBe(verdict);
  });

  it('is wrong where what is expected is not the one machine that was asked for', () => {
    expect(verdictOf('b', expected, expected)).toBe('wrong');
    expect(verdictOf('A', expected, expected)).toBe('wrong');
    expect(verdictOf('a', Buffer.from('oops'), Buffer.from('oops'))).toBe('wrong');
  });
});
