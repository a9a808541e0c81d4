/** Where a quota's longest window is going, if calls go on as they do at present. */
import type { Version } from './ledger.ts';
import { longestOf } from './policy.ts';

export interface Forecast {
  /** Calls a minute of late, everybody's. */
  readonly callsPerMinute: number;
  /** What an hour would hold at that rate. */
  readonly callsPerHour: number;
  /** Until the longest limit is used up, 0 where it is; null where the calls that grow too old make room for those that come. */
  readonly exhaustedInSeconds: number | null;
}

/** "At present" is the last five minutes of an hour, and the same part of other windows; a minute at least, where there is one. */
const presentPart = 12;
const leastPresentMs = 60_000;

/** @param now milliseconds of the store's clock */
export const forecastOf = ({ row }: Version, now: number): Forecast => {
  const { calls: most, seconds } = longestOf(row.limits);
  const length = seconds * 1000;
  const presentMs = Math.min(length, Math.max(leastPresentMs, length / presentPart));
  const calls = [...row.log, ...row.held].map(({ at }) => at).filter((at) => at > now - length && at <= now);
  const perMs = calls.filter((at) => at > now - presentMs).length / presentMs;
  const exhaustedMs = timeToReach(most, perMs, agesOut(calls, length, now));
  return {
    callsPerMinute: Math.round(perMs * 600_000) / 10,
    callsPerHour: Math.round(perMs * 3_600_000),
    exhaustedInSeconds: exhaustedMs === undefined ? null : Math.ceil(exhaustedMs / 1000),
  };
};

/** When each call grows too old to count, from now on. */
const agesOut = (calls: readonly number[], length: number, now: number): readonly number[] =>
  calls.map((at) => at + length - now).sort((a, b) => a - b);

/**
 * Between two calls that leave, the count grows evenly. Once those of the present begin to leave, as many leave as come, so what is not
 * reached by then never is.
 */
const timeToReach = (most: number, perMs: number, leaves: readonly number[]): number | undefined => {
  if (leaves.length >= most) return 0;
  if (perMs === 0) return undefined;
  const times = leaves.map((until, i) => ({ until, full: (most - (leaves.length - i)) / perMs }));
  return times.find(({ until, full }) => full <= until)?.full;
};
