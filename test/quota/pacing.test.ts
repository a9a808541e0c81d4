import * as fc from 'fast-check';
import { paced } from '../../src/quota/pacing.ts';
import { law } from '../support/law.ts';

/**
 * A bucket that is looked at every millisecond, in units of a token's `distanceMs`th part: full long before the first slot, drained
 * by each slot at its instant, below empty where slots were not paced.
 */
const byTrying = (slots: readonly number[], distanceMs: number, burst: number, from: number): number => {
  const full = burst * distanceMs;
  let level = full;
  for (let instant = Math.min(from, ...slots); ; instant++) {
    level = Math.min(full, level + 1);
    level -= distanceMs * slots.filter((slot) => slot === instant).length;
    if (instant >= from && level >= distanceMs) return instant;
  }
};

describe('pacing', () => {
  it('lets a burst go at once, and then one call each distance', () => {
    const slots: number[] = [];
    for (let i = 0; i < 6; i++) slots.push(paced(slots, 100, 3, slots.at(-1) ?? 0));
    expect(slots).toEqual([0, 0, 0, 100, 200, 300]);
  });

  it('pays a burst that was not paced back before anything else goes', () => {
    expect(paced([0, 0, 0, 0, 0], 100, 3, 0)).toBe(300);
  });

  it('does not save up more than a burst, however long nothing went', () => {
    const later = 1_000_000;
    expect(paced([0, later, later, later], 100, 3, later)).toBe(later + 100);
  });

  it('does not mind slots after the instant', () => {
    expect(paced([50, 50], 100, 1, 10)).toBe(10);
    expect(paced([0, 50, 50], 100, 1, 10)).toBe(300);
  });

  it('agrees with a bucket that is looked at every millisecond', () => {
    law(
      fc.property(
        fc.array(fc.nat({ max: 60 }), { maxLength: 10 }),
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 4 }),
        fc.nat({ max: 80 }),
        (instants, distanceMs, burst, from) => {
          const slots = instants.sort((a, b) => a - b);
          return paced(slots, distanceMs, burst, from) === byTrying(slots, distanceMs, burst, from);
        },
      ),
      5000,
    );
  });
});
