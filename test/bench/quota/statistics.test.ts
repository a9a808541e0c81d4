import * as fc from 'fast-check';
import { jain, percentile } from '../../../bench/quota/measure/statistics.ts';
import { law } from '../../support/law.ts';

describe('a percentile', () => {
  it.each([
    [0.5, 50],
    [0.99, 99],
    [1, 100],
    [0.001, 1],
  ])('%d of the numbers 1 to 100 is %d', (share, value) => {
    const numbers = Array.from({ length: 100 }, (_, i) => 100 - i);
    expect(percentile(numbers, share)).toBe(value);
  });

  it('is one of the values: the least that so many do not exceed', () => {
    const values = fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 1 });
    law(
      fc.property(values, fc.integer({ min: 1, max: 100 }), (all, hundredths) => {
        const found = percentile(all, hundredths / 100) ?? Number.NaN;
        const upTo = (bound: number) => all.filter((value) => value <= bound).length;
        expect(all).toContain(found);
        expect(upTo(found) * 100).toBeGreaterThanOrEqual(hundredths * all.length);
        expect(upTo(found - 1) * 100).toBeLessThan(hundredths * all.length);
      }),
    );
  });

  it('of nothing is not known', () => {
    expect(percentile([], 0.5)).toBeUndefined();
  });
});

describe('fairness', () => {
  it.each([
    [[5, 5, 5, 5], 1],
    [[20, 0, 0, 0], 0.25],
    [[1, 2, 3], 36 / 42],
  ])('of %j is %d', (shares, index) => {
    expect(jain(shares)).toBeCloseTo(index, 12);
  });

  it('is not known where nobody got anything', () => {
    expect(jain([0, 0])).toBeUndefined();
    expect(jain([])).toBeUndefined();
  });
});
