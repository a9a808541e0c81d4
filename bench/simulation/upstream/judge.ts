/**
 * The judge: an exact log of our calls as they arrive, whatever Defender made of them.
 *
 * A call is a violation where it makes some rolling window hold more than its limit; windows are half open.
 */
import type { Limit } from '../../../src/quota/limits.ts';

export interface Judge {
  arrived(at: number): void;
  readonly arrivals: readonly number[];
  readonly violations: number;
  /** Instants of the first few violations. */
  readonly examples: readonly number[];
  /** The most that arrived within one window of each limit. */
  readonly fullest: readonly number[];
}

const mostExamples = 5;

export const createJudge = (limits: readonly Limit[]): Judge => {
  const arrivals: number[] = [];
  const windows = limits.map(({ calls, seconds }) => ({ calls, length: seconds * 1000, oldest: 0, fullest: 0 }));
  const examples: number[] = [];
  let violations = 0;

  return {
    arrived(at) {
      arrivals.push(at);
      let isTooMany = false;
      for (const window of windows) {
        while ((arrivals[window.oldest] ?? at) <= at - window.length) window.oldest += 1;
        const count = arrivals.length - window.oldest;
        window.fullest = Math.max(window.fullest, count);
        isTooMany ||= count > window.calls;
      }
      if (!isTooMany) return;
      violations += 1;
      if (examples.length < mostExamples) examples.push(at);
    },
    arrivals,
    get violations() {
      return violations;
    },
    examples,
    get fullest() {
      return windows.map(({ fullest }) => fullest);
    },
  };
};
