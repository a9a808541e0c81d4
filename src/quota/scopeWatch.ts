/**
 * Whether Defender counts by call or by application is not published. A 429 that one call's ledger can't explain, but that the
 * calls of all ledgers together do, says that it is by application: that is reported, with the setting to change.
 */
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import { foreignCalls, type Throttled } from './feedback.ts';
import type { Ledger, Version } from './ledger.ts';
import type { Limit } from './limits.ts';

export interface ScopeWatchOptions {
  readonly scope: 'route' | 'application';
  readonly quotas: () => readonly { readonly name: string; readonly ledger: Pick<Ledger, 'read'> }[];
  readonly clock: Clock;
  readonly log: Log;
}

/** Every ledger is read for it; no more often than this. */
const lookEveryMs = 60_000;

/** @returns what is to be told of each 429, with the store's time then: never rejects */
export const watchScope = ({ scope, quotas, clock, log }: ScopeWatchOptions) => {
  let lookedAt = Number.NEGATIVE_INFINITY;

  return async (name: string, throttled: Throttled, at: number): Promise<void> => {
    if (scope === 'application' || clock.monotonic() - lookedAt < lookEveryMs) return;
    lookedAt = clock.monotonic();
    try {
      const versions = await Promise.all(quotas().map(async (each) => [each.name, await each.ledger.read()] as const));
      const found = sharedLimit(new Map(versions), name, throttled, at);
      if (found) log.warn(advice, { quota: name, ...found });
    } catch (fault) {
      log.warn('The ledgers could not be compared after a 429', { fault: String(fault) });
    }
  };
};

const advice =
  'Defender refused a call that its own quota does not explain, but the calls of all quotas together do: set QUOTA_SCOPE=application';

/** The limit that the calls of all ledgers fill, where those of this one alone do not. */
export const sharedLimit = (
  versions: ReadonlyMap<string, Version | undefined>,
  name: string,
  throttled: Throttled,
  at: number,
): { limit: string; own: number; all: number } | undefined => {
  const own = versions.get(name);
  if (!own) return undefined;
  const { limit } = foreignCalls(own.row, at, throttled);
  const counts = [...versions].map(([each, version]) => [each, ownCallsWithin(version, limit, at)] as const);
  const mine = counts.find(([each]) => each === name)?.[1] ?? 0;
  const all = counts.reduce((sum, [, count]) => sum + count, 0);
  if (mine >= limit.calls || all < limit.calls) return undefined;
  return { limit: `${limit.calls}/${limit.seconds}`, own: mine, all };
};

const ownCallsWithin = (version: Version | undefined, { seconds }: Limit, at: number): number =>
  [...(version?.row.log ?? []), ...(version?.row.held ?? [])].filter(
    (entry) => entry.by !== 'foreign' && entry.at > at - seconds * 1000 && entry.at <= at,
  ).length;
