import * as fc from 'fast-check';
import { fillOverTime } from '../../../bench/quota/measure/fillOverTime.ts';
import { peakOf, rollingCounts, violationsOf } from '../../../bench/quota/measure/rollingCount.ts';
import { rollingQuota } from '../../../src/local/simulator/quota.ts';
import { law } from '../../support/law.ts';

const arrivals = fc
  .array(fc.integer({ min: 0, max: 8000 }), { maxLength: 60 })
  .map((all) => [...all].sort((a, b) => a - b));
const limit = fc.record({ calls: fc.integer({ min: 1, max: 8 }), seconds: fc.integer({ min: 1, max: 3 }) });

/** Counted one by one: who came before, or with it, and less than a window ago. */
const counted = (all: readonly number[], milliseconds: number) =>
  all.map((at, i) => all.slice(0, i + 1).filter((other) => at - other < milliseconds).length);

describe('the judge', () => {
  it('counts each window as one who counts one by one', () => {
    law(
      fc.property(arrivals, limit, (all, { seconds }) => {
        expect(rollingCounts(all, seconds * 1000)).toEqual(counted(all, seconds * 1000));
      }),
    );
  });

  it('finds a violation for each arrival that any full window holds too many of', () => {
    law(
      fc.property(arrivals, limit, limit, (all, one, other) => {
        const tooMany = all.filter((_, i) =>
          [one, other].some(({ calls, seconds }) => (counted(all, seconds * 1000)[i] ?? 0) > calls),
        );
        expect(violationsOf(all, [one, other])).toBe(tooMany.length);
      }),
    );
  });

  it('finds a violation just where Defender would refuse a call', () => {
    law(
      fc.property(arrivals, limit, (all, only) => {
        const defender = rollingQuota(false);
        const refused = all.filter((at) => defender.take([{ key: 'all', limits: [only] }], at) !== undefined);
        expect(violationsOf(all, [only]) > 0).toBe(refused.length > 0);
      }),
    );
  });

  it('no longer counts a call that is exactly a window old', () => {
    const two = { calls: 2, seconds: 6 };
    expect(violationsOf([0, 1, 6000], [two])).toBe(0);
    expect(violationsOf([0, 1, 5999], [two])).toBe(1);
    expect(peakOf([0, 1, 5999, 20_000], two)).toBe(3);
  });
});

describe('the fill over time', () => {
  it('has the peak of all windows as its highest, whatever the steps', () => {
    law(
      fc.property(arrivals, limit, fc.integer({ min: 1, max: 3000 }), (all, one, stepMs) => {
        const highest = Math.max(...fillOverTime(all, one, 8001, stepMs).map(({ share }) => share));
        expect(highest * one.calls).toBeCloseTo(peakOf(all, one));
      }),
    );
  });

  it('falls when the window has moved on', () => {
    const fills = fillOverTime([100, 200], { calls: 4, seconds: 1 }, 1500, 500);
    expect(fills).toEqual([
      { at: 0, share: 0.5 },
      { at: 500, share: 0.5 },
      { at: 1000, share: 0.5 },
    ]);
    expect(fillOverTime([100, 200], { calls: 4, seconds: 1 }, 2000, 500).at(-1)).toEqual({ at: 1500, share: 0 });
  });

  it('no longer holds a call that is exactly a window old', () => {
    const fills = fillOverTime([0, 200], { calls: 4, seconds: 1 }, 1500, 1000);
    expect(fills).toEqual([
      { at: 0, share: 0.5 },
      { at: 1000, share: 0.25 },
    ]);
  });
});
