import * as fc from 'fast-check';
import { binding, earliest, insert, remove, type Window } from '../../src/quota/windows.ts';
import { law } from '../support/law.ts';
import { isCrowdedAt } from './support/ledgerRows.ts';

/** The first instant that crowds no window it lies in, found by trying each. */
const byTrying = (slots: readonly number[], windows: readonly Window[], from: number): number => {
  for (let instant = from; ; instant++) {
    const tried = [...slots, instant];
    if (!windows.some((window) => isCrowdedAt(tried, window, instant))) return instant;
  }
};

const window = (calls: number, milliseconds: number) =>
  fc.record({ calls: fc.integer({ min: 1, max: calls }), milliseconds: fc.integer({ min: 1, max: milliseconds }) });
const windows = fc.array(window(4, 20), { minLength: 1, maxLength: 3 });
const instants = (max: number, maxLength: number) => fc.array(fc.nat({ max }), { maxLength });

/** Slots that were each placed by `earliest`, as ours are. */
const placed = (wishes: readonly number[], limits: readonly Window[]): number[] => {
  const slots: number[] = [];
  for (const wish of wishes) insert(slots, earliest(slots, limits, wish));
  return slots;
};

describe('earliest', () => {
  it('lets the 101st call go when the first of the last hundred is a minute old', () => {
    const hundred = Array.from({ length: 100 }, (_, i) => i * 10);
    expect(earliest(hundred, [{ calls: 100, milliseconds: 60_000 }], 1000)).toBe(60_000);
  });

  it('lets a call go at once where there is room', () => {
    expect(earliest([0, 1, 2], [{ calls: 4, milliseconds: 60_000 }], 5)).toBe(5);
  });

  it('finds the gap before slots that others hold in the future', () => {
    expect(earliest([100, 101], [{ calls: 2, milliseconds: 50 }], 10)).toBe(10);
  });

  it('counts slots in the future against a call that would be sent before them', () => {
    expect(earliest([40, 41], [{ calls: 2, milliseconds: 50 }], 10)).toBe(90);
  });

  it('waits until a window that others overfilled has emptied', () => {
    expect(earliest([0, 1, 2, 3, 40], [{ calls: 2, milliseconds: 50 }], 5)).toBe(53);
  });

  it('agrees with trying every instant, and leaves every window whole', () => {
    law(
      fc.property(windows, instants(30, 10), fc.nat({ max: 40 }), (limits, wishes, from) => {
        const slots = placed(wishes, limits);
        const isWhole = !limits.some((limit) => slots.some((slot) => isCrowdedAt(slots, limit, slot)));
        return isWhole && earliest(slots, limits, from) === byTrying(slots, limits, from);
      }),
      40_000,
    );
  });

  it('agrees with trying every instant where others overfilled the windows, too', () => {
    law(
      fc.property(windows, instants(30, 10), fc.nat({ max: 40 }), (limits, others, from) => {
        const slots = others.sort((a, b) => a - b);
        return earliest(slots, limits, from) === byTrying(slots, limits, from);
      }),
      60_000,
    );
  });

  it('agrees with trying every instant where there are many slots and long windows', () => {
    law(
      fc.property(
        fc.array(window(12, 120), { minLength: 1, maxLength: 4 }),
        instants(250, 40),
        fc.nat({ max: 300 }),
        (limits, others, from) => {
          const slots = others.sort((a, b) => a - b);
          return earliest(slots, limits, from) === byTrying(slots, limits, from);
        },
      ),
      20_000,
    );
  });
});

describe('binding', () => {
  const minute = { calls: 2, milliseconds: 60 };
  const hour = { calls: 3, milliseconds: 3600 };

  it('names the window that keeps a call longest', () => {
    expect(binding([0, 1], [minute, hour], 2)).toBe(minute);
    expect(binding([0, 100, 101], [minute, hour], 102)).toBe(hour);
  });

  it('names none where a call may go at once', () => {
    expect(binding([0], [minute, hour], 2)).toBeUndefined();
  });
});

describe('a list of slots', () => {
  it('stays in order, and gives back one of two that are alike', () => {
    const slots = [1, 5, 9];
    for (const slot of [5, 0, 12]) insert(slots, slot);
    expect(slots).toEqual([0, 1, 5, 5, 9, 12]);
    for (const slot of [5, 7]) remove(slots, slot);
    expect(slots).toEqual([0, 1, 5, 9, 12]);
  });
});
