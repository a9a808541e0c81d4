/**
 * Defender's own quota: a rolling window per limit, counted on arrival, for each destination, tenant and application.
 */
import type { Limit } from '../../quota/limits.ts';

/** What one log of calls is kept for. */
export interface QuotaKey {
  readonly key: string;
  readonly limits: readonly Limit[];
}

export interface Refused {
  readonly limit: Limit;
  /** Whole seconds until the call would be taken, at least 1. */
  readonly seconds: number;
}

export interface SimulatedQuota {
  /**
   * Counts a call under each of its keys, or refuses it.
   *
   * @param now milliseconds, monotonic
   */
  take(keys: readonly QuotaKey[], now: number): Refused | undefined;
}

/** @param countRefused whether a refused call counts as well, so that asking again early makes the wait longer */
export const rollingQuota = (countRefused: boolean): SimulatedQuota => {
  const logs = new Map<string, number[]>();
  return {
    take(keys, now) {
      for (const { key, limits } of keys) logs.set(key, recent(logs.get(key) ?? [], limits, now));
      const refusals = keys.flatMap(({ key, limits }) =>
        limits.flatMap((limit) => refusalBy(limit, logs.get(key) ?? [], now) ?? []),
      );
      const refused = longest(refusals);
      if (!refused || countRefused) for (const { key } of keys) logs.get(key)?.push(now);
      return refused;
    },
  };
};

const recent = (log: number[], limits: readonly Limit[], now: number): number[] => {
  const longestWindow = Math.max(...limits.map(({ seconds }) => seconds)) * 1000;
  const first = log.findIndex((instant) => now - instant < longestWindow);
  if (first === 0) return log;
  return first < 0 ? [] : log.slice(first);
};

/** The window is half open: a call exactly one window old no longer counts. */
const refusalBy = (limit: Limit, log: readonly number[], now: number): Refused | undefined => {
  const oldest = log[log.length - limit.calls];
  if (oldest === undefined) return undefined;
  const wait = oldest + limit.seconds * 1000 - now;
  return wait > 0 ? { limit, seconds: Math.max(1, Math.ceil(wait / 1000)) } : undefined;
};

const longest = (refusals: readonly Refused[]): Refused | undefined =>
  refusals.reduce<Refused | undefined>((a, b) => (a && a.seconds >= b.seconds ? a : b), undefined);
