import * as fc from 'fast-check';
import { binding, earliest, type Window } from '../../src/quota/windows.ts';
import { law } from '../support/law.ts';

/** Whether a half-open stretch of the window's length holds more than its calls: counted, not reasoned. */
const breaks = (slots: readonly number[], { calls, milliseconds }: Window): boolean =>
  slots.some((from) => slots.filter((slot) => slot >= from && slot < from + milliseconds).length > calls);

/** The first instant that breaks nothing, found by trying each. */
const byTrying = (slots: readonly number[], windows: readonly Window[], from: number): number => {
  for (let instant = from; ; instant++) {
    if (!windows.some((window) => breaks([...slots, instant], window))) return instant;
  }
};

const windows = fc.array(
  fc.record({ calls: fc.integer({ min: 1, max: 4 }), milliseconds: fc.integer({ min: 1, max: 20 }) }),
  {
    minLength: 1,
    maxLength: 3,
  },
);

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

  it('agrees with trying every instant, and leaves every window whole', () => {
    law(
      fc.property(
        windows,
        fc.array(fc.integer({ min: 0, max: 30 }), { maxLength: 12 }),
        fc.integer({ min: 0, max: 40 }),
        (limits, wishes, from) => {
          const slots: number[] = [];
          for (const wish of wishes) {
            slots.push(earliest(slots, limits, wish));
            slots.sort((a, b) => a - b);
          }
          expect(limits.some((limit) => breaks(slots, limit))).toBe(false);
          expect(earliest(slots, limits, from)).toBe(byTrying(slots, limits, from));
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
