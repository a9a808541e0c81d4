import type { Limit } from '../../../src/quota/limits.ts';
import { rollingCounts } from './rollingCount.ts';

/** How full a window was at its fullest, in the step of time that begins at `at`. */
export interface Fill {
  /** Milliseconds. */
  readonly at: number;
  /** 1 is the limit. */
  readonly share: number;
}

/**
 * The fill of a rolling window over time, so that no peak is lost between two steps.
 *
 * @param arrivals ascending; milliseconds from the start
 * @param endMs    steps of `stepMs` from 0 up to here
 */
export const fillOverTime = (
  arrivals: readonly number[],
  { calls, seconds }: Limit,
  endMs: number,
  stepMs: number,
): readonly Fill[] => {
  const steps = Array.from({ length: Math.ceil(endMs / stepMs) }, (_, i) => i * stepMs);
  const most = countsAt(steps, arrivals, seconds * 1000);
  rollingCounts(arrivals, seconds * 1000).forEach((count, i) => {
    const step = Math.floor((arrivals[i] ?? 0) / stepMs);
    if (step in most) most[step] = Math.max(most[step] ?? 0, count);
  });
  return steps.map((at, i) => ({ at, share: (most[i] ?? 0) / calls }));
};

/** How many arrived within the window that ends at each of these instants. */
const countsAt = (instants: readonly number[], arrivals: readonly number[], windowMs: number): number[] => {
  let first = 0;
  let next = 0;
  return instants.map((at) => {
    while (next < arrivals.length && (arrivals[next] ?? at) <= at) next += 1;
    while (first < next && at - (arrivals[first] ?? at) >= windowMs) first += 1;
    return next - first;
  });
};
