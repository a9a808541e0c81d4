/**
 * The judge: how full each rolling window was, by the upstream's own log of arrivals.
 *
 * Every arrival counts, refused ones too: it is the sternest reading of a limit, and the one the gate promises to keep.
 */
import type { Limit } from '../../../src/quota/limits.ts';

/**
 * For each arrival, how many arrived within the window that ends with it, itself included. A window is half open: what is
 * exactly one window old counts no more.
 *
 * @param arrivals ascending; milliseconds
 */
export const rollingCounts = (arrivals: readonly number[], milliseconds: number): readonly number[] => {
  let oldest = 0;
  return arrivals.map((at, i) => {
    while (at - (arrivals[oldest] ?? at) >= milliseconds) oldest += 1;
    return i - oldest + 1;
  });
};

/** How many arrived when a window was full already, under any of the limits. */
export const violationsOf = (arrivals: readonly number[], limits: readonly Limit[]): number => {
  const counts = limits.map(({ calls, seconds }) => ({ calls, filled: rollingCounts(arrivals, seconds * 1000) }));
  return arrivals.filter((_, i) => counts.some(({ calls, filled }) => (filled[i] ?? 0) > calls)).length;
};

/** The most that ever arrived in one window. */
export const peakOf = (arrivals: readonly number[], { seconds }: Limit): number =>
  rollingCounts(arrivals, seconds * 1000).reduce((a, b) => Math.max(a, b), 0);
