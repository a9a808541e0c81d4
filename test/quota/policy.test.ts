import * as fc from 'fast-check';
import { parseLimits } from '../../src/quota/limits.ts';
import { rulesFor, usualPolicy } from '../../src/quota/policy.ts';
import { law } from '../support/law.ts';
import { usual } from './support/ledgerRows.ts';

const quota = fc
  .uniqueArray(fc.tuple(fc.integer({ min: 1, max: 3000 }), fc.integer({ min: 1, max: 7200 })), {
    minLength: 1,
    maxLength: 4,
    selector: ([, seconds]) => seconds,
  })
  .map((limits) => parseLimits(limits.map(([calls, seconds]) => `${calls}/${seconds}`).join(',')));

describe('how the classes share a quota', () => {
  it('is, of 100 a minute and 1,500 an hour, as the documentation says', () => {
    expect(rulesFor(usualPolicy.enrichment, parseLimits(usual), 0)).toEqual({
      headroom: [10, 8],
      distanceMs: 2400,
      burst: 60,
      minimum: [
        { calls: 1, milliseconds: 12_000 },
        { calls: 300, milliseconds: 3_600_000 },
      ],
      quantum: 8,
      horizonMs: 28_800,
      claimMs: 2400,
    });
    expect(rulesFor(usualPolicy.background, parseLimits(usual), 0)).toEqual({
      headroom: [40, 10],
      distanceMs: 2331,
      burst: 12,
      minimum: [
        { calls: 1, milliseconds: 24_000 },
        { calls: 150, milliseconds: 3_600_000 },
      ],
      quantum: 6,
      horizonMs: 21_000,
      claimMs: 2400,
    });
  });

  it.each([
    [0, 10],
    [10, 10],
    [14, 14],
    [18, 18],
    [60, 18],
  ])('leaves, after a burst of %d interactive calls, %d of 1,500 free of background', (burst, free) => {
    expect(rulesFor(usualPolicy.background, parseLimits(usual), burst).headroom).toEqual([40, free]);
    expect(rulesFor(usualPolicy.enrichment, parseLimits(usual), burst).headroom).toEqual([10, 8]);
  });

  it.each([
    ['30/60,1000/3600', [3, 6], [12, 7], [200, 100], [5, 4]],
    ['20/6', [1], [1], [4, 2], [1, 1]],
    ['60/60', [1], [1], [12, 6], [1, 1]],
    ['1/1', [0], [0], [1, 1], [1, 1]],
  ])('is, of %s, the same in proportion', (text, enrichmentFree, backgroundFree, minima, quanta) => {
    const rules = [usualPolicy.enrichment, usualPolicy.background].map((each) => rulesFor(each, parseLimits(text), 0));
    expect(rules.map(({ headroom }) => headroom)).toEqual([enrichmentFree, backgroundFree]);
    expect(rules.map(({ minimum }) => minimum[1]?.calls)).toEqual(minima);
    expect(rules.map(({ quantum }) => quantum)).toEqual(quanta);
  });

  it('leaves each class at least one call, and the rules whole numbers that let it go on, of any limits', () => {
    const atLeastOne = (value: number) => Number.isInteger(value) && value >= 1;
    law(
      fc.property(quota, fc.nat({ max: 5000 }), (limits, burst) => {
        for (const policy of [usualPolicy.enrichment, usualPolicy.background]) {
          const { headroom, minimum, ...rest } = rulesFor(policy, limits, burst);
          expect(headroom).toHaveLength(limits.length);
          for (const [i, { calls }] of limits.entries()) {
            expect(headroom[i]).toBeGreaterThanOrEqual(0);
            expect(calls - (headroom[i] ?? calls)).toBeGreaterThanOrEqual(1);
          }
          const numbers = minimum.flatMap(({ calls, milliseconds }) => [calls, milliseconds]);
          expect([...numbers, ...Object.values(rest)].filter((value) => !atLeastOne(value))).toEqual([]);
        }
      }),
    );
  });
});
