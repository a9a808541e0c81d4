import * as fc from 'fast-check';
import { dayLong, nextTry } from '../../../src/enrichment/out/backOff.ts';
import { law } from '../../support/law.ts';

const hour = 3600;
const day = 24 * hour;
const start = 1_795_000_000_000;

/** Seconds after the first try at which each is made, where all fail. */
const triesAt = (random: number, retryAfterSeconds?: number): readonly number[] => {
  const times = [0];
  for (;;) {
    const at = times.at(-1) ?? 0;
    const failing = { now: start + at * 1000, retryAfterSeconds, random };
    const seconds = nextTry({ tries: times.length, triedSince: start }, failing, dayLong);
    if (seconds === undefined) return times;
    times.push(at + seconds);
  }
};

describe('a delivery that fails all day', () => {
  it('is tried again after 5 s, 30 s, 2, 10 and 30 min, 1 and 2 h, then every 4 h, and last after a day', () => {
    const waits = [5, 30, 120, 600, 1800, hour, 2 * hour, ...Array(5).fill(4 * hour)];
    const times = triesAt(0);
    expect(times.slice(1, -1).map((at, which) => at - (times[which] ?? 0))).toEqual(waits);
    expect(times.at(-1)).toBe(day);
  });

  it('is tried when the receiver asks for it, where that is later', () => {
    expect(triesAt(0, 60).slice(0, 4)).toEqual([0, 60, 120, 240]);
  });

  it('is tried a last time after a day, though the receiver asks for more', () => {
    expect(triesAt(0, 3 * day)).toEqual([0, day]);
  });

  it('is never tried earlier than it should be, at most a tenth later, and last after a day: in whole seconds', () => {
    law(
      fc.property(
        fc.integer({ min: 1, max: 20 }),
        fc.nat(day * 1000 - 1),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        fc.option(fc.nat(2 * day), { nil: undefined }),
        (tries, sinceMs, random, retryAfterSeconds) => {
          const failing = { now: start + sinceMs, retryAfterSeconds, random };
          const seconds = nextTry({ tries, triedSince: start }, failing, dayLong) ?? -1;
          const wait = Math.max(dayLong.waits[tries - 1] ?? 4 * hour, retryAfterSeconds ?? 0);
          const left = day - sinceMs / 1000;
          expect(Number.isInteger(seconds)).toBe(true);
          expect(seconds).toBeGreaterThanOrEqual(Math.min(wait, left));
          expect(seconds).toBeLessThanOrEqual(Math.max(1, Math.ceil(Math.min(wait * 1.1, left))));
        },
      ),
    );
  });
});
