/**
 * One quota's minute as fields of the log: first what this process did, to be summed over processes; then how the quota stands by the
 * version of the ledger that the process has seen, which is the same for all.
 */
import type { LogFields } from '../log.ts';
import { forecastOf } from './forecast.ts';
import type { Gate } from './gate.ts';
import type { Version } from './ledger.ts';
import { priorityClasses } from './priorityClass.ts';
import type { HourOfQuota } from './spend.ts';
import { standingOf } from './standing.ts';

/** Callers that are named, those who called most. */
const mostNamed = 10;

export const trafficLine = (
  { seen, now }: Pick<Gate, 'seen' | 'now'>,
  { calls, byClass, byCaller, ledgerTransactions }: HourOfQuota,
  refused: number,
): LogFields => ({
  calls,
  ...byClass,
  refused,
  ledgerTransactions,
  callers: Object.entries(byCaller)
    .slice(0, mostNamed)
    .map(([caller, by]) => `${caller}=${Object.values(by).reduce((sum, count) => sum + count, 0)}`)
    .join(' '),
  ...(seen && now !== undefined ? standingFields(seen, now) : {}),
});

const standingFields = (seen: Version, now: number): LogFields => {
  const { limits, nextFree, closed, booked, turns } = standingOf(seen, now);
  const { callsPerHour, exhaustedInSeconds } = forecastOf(seen, now);
  const perLimit = limits.flatMap(({ name, used, left }) => [
    [`${name}Used`, used],
    [`${name}Left`, left],
  ]);
  const free = priorityClasses.map((by) => [`${by}FreeInSeconds`, secondsUntil(nextFree[by], now)]);
  return {
    ...Object.fromEntries([...perLimit, ...free]),
    closed: closed?.because,
    closedForSeconds: closed && secondsUntil(closed.until, now),
    booked,
    turns,
    callsPerHour,
    exhaustedInSeconds: exhaustedInSeconds ?? undefined,
    seq: seen.row.seq,
  };
};

const secondsUntil = (instant: number, now: number): number => Math.max(0, Math.ceil((instant - now) / 1000));
