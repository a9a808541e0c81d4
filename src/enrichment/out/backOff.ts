/** When a delivery that failed is tried again, and when it is given up. Pure. */
import type { Delivery } from '../delivery.ts';

export interface BackOff {
  /** Seconds before the second try, the third, …; the last stands for all that follow. */
  readonly waits: readonly [number, ...number[]];
  /** Milliseconds after the first try, at which the last one is made. */
  readonly giveUpAfterMs: number;
}

/** 5 s, 30 s, 2 min, 10 min, 30 min, 1 h, 2 h, then every 4 h, and a last time after a day. */
export const dayLong: BackOff = {
  waits: [5, 30, 120, 600, 1800, 3600, 7200, 14_400],
  giveUpAfterMs: 24 * 3600 * 1000,
};

export interface Failing {
  /** Milliseconds since 1970. */
  readonly now: number;
  /** What the receiver asks for. */
  readonly retryAfterSeconds?: number | undefined;
  /** At least 0, below 1: spreads those who fail together by up to a tenth. */
  readonly random: number;
}

/**
 * Whole seconds until the next try; undefined where there is none. What the receiver asks for is kept to, but not past the last try.
 *
 * @param delivery with the try that has just failed
 */
export const nextTry = (
  { tries, triedSince }: Pick<Delivery, 'tries' | 'triedSince'>,
  { now, retryAfterSeconds = 0, random }: Failing,
  { waits, giveUpAfterMs }: BackOff,
): number | undefined => {
  const leftSeconds = (triedSince + giveUpAfterMs - now) / 1000;
  if (leftSeconds <= 0) return undefined;
  const wait = Math.max(waits[tries - 1] ?? waits.at(-1) ?? 0, retryAfterSeconds) * (1 + random / 10);
  return Math.ceil(Math.min(wait, leftSeconds));
};
