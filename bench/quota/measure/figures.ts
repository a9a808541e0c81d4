/** What one run comes to: the figures of the table and of the last line. */
import type { Limit } from '../../../src/quota/limits.ts';
import type { Seen } from '../torture/torture.ts';
import type { Arrival } from '../torture/upstream.ts';
import { peakOf, violationsOf } from './rollingCount.ts';
import { jain, percentile } from './statistics.ts';

/** Null where there was nothing to measure. */
export interface Figures {
  readonly seconds: number;
  /** That arrived, refused ones too. */
  readonly calls: number;
  /** Calls that arrived when a window was full. */
  readonly violations: number;
  /** Calls that were answered 429. */
  readonly refusedUpstream: number;
  /** For each limit, the most in any window. */
  readonly peaks: readonly number[];
  /** Served in the last longest window, of what its limit allows; null where the run was shorter. */
  readonly utilisation: number | null;
  readonly txPerCall: number | null;
  readonly conflicts: number;
  /** Writes whose outcome was not known at first, those of them that were found out, and those whose process was killed meanwhile. */
  readonly ambiguous: number;
  readonly settled: number;
  readonly killedUnsettled: number;
  readonly dropped: number;
  readonly interactiveAsked: number;
  readonly interactiveServed: number;
  readonly interactiveP50Ms: number | null;
  readonly interactiveP99Ms: number | null;
  /** Told no, by the gate or by the upstream, for longer than they could wait. */
  readonly interactiveRefused: number;
  readonly enrichmentServed: number;
  readonly backgroundServed: number;
  /** Fairness between the processes whose background always waits. */
  readonly jain: number | null;
  readonly kills: number;
  readonly freezes: number;
}

/** @param saturated how many processes had background waiting always; theirs are the first places */
export const figuresOf = (seen: Seen, limits: readonly Limit[], saturated: number): Figures => {
  const { arrivals, report, happened } = seen;
  const instants = arrivals.map(({ at }) => at);
  const served = arrivals.filter(({ refused }) => !refused);
  const of = (name: Arrival['priority']) => served.filter(({ priority }) => priority === name);
  const waits = of('interactive').map(({ waitMs }) => waitMs);
  const { reads, writes, stamps, conflicts, ambiguous, settled } = report.transactions;
  return {
    seconds: rounded(seen.milliseconds / 1000, 1),
    calls: arrivals.length,
    violations: violationsOf(instants, limits),
    refusedUpstream: arrivals.length - served.length,
    peaks: limits.map((limit) => peakOf(instants, limit)),
    utilisation: orNull(utilisationOf(served, seen.milliseconds, limits), 4),
    txPerCall: orNull(arrivals.length > 0 ? (reads + writes + stamps) / arrivals.length : undefined, 3),
    conflicts,
    ambiguous,
    settled,
    killedUnsettled: seen.unsettledWhenKilled,
    dropped: report.dropped.before + report.dropped.after,
    interactiveAsked: happened.filter((it) => it.kind === 'call' && it.priority === 'interactive').length,
    interactiveServed: waits.length,
    interactiveP50Ms: orNull(percentile(waits, 0.5), 1),
    interactiveP99Ms: orNull(percentile(waits, 0.99), 1),
    interactiveRefused: unservedOf(report.unserved, 'interactive'),
    enrichmentServed: of('enrichment').length,
    backgroundServed: of('background').length,
    jain: orNull(jain(Array.from({ length: saturated }, (_, place) => countOf(of('background'), place))), 4),
    kills: happened.filter(({ kind }) => kind === 'kill').length,
    freezes: happened.filter(({ kind }) => kind === 'freeze').length,
  };
};

const utilisationOf = (served: readonly Arrival[], endMs: number, limits: readonly Limit[]): number | undefined => {
  const longest = limits.at(-1);
  const windowMs = (longest?.seconds ?? 0) * 1000;
  if (!longest || endMs < windowMs) return undefined;
  return served.filter(({ at }) => at >= endMs - windowMs && at < endMs).length / longest.calls;
};

const unservedOf = (unserved: Readonly<Record<string, number>>, priority: Arrival['priority']): number =>
  Object.entries(unserved)
    .filter(([why]) => why.startsWith(`${priority}:`))
    .reduce((sum, [, times]) => sum + times, 0);

const countOf = (calls: readonly Arrival[], place: number): number =>
  calls.filter((call) => call.place === place).length;

const orNull = (value: number | undefined, decimals: number): number | null =>
  value === undefined ? null : rounded(value, decimals);

const rounded = (value: number, decimals: number): number => Number(value.toFixed(decimals));
