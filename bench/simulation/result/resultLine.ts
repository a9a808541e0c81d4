/** The last line of a run: its figures for programs, by the names that the bench with real processes uses. */
import type { Result } from './result.ts';

export const resultLine = (result: Result): string => {
  const { interactive, enrichment } = result.classes;
  return JSON.stringify({
    calls: result.calls,
    violations: result.violations,
    utilisation: orNull(result.utilisation, 4),
    txPerCall: orNull(result.txPerCall, 3),
    interactiveP50Ms: orNull(interactive.p50Ms, 1),
    interactiveP99Ms: orNull(interactive.p99Ms, 1),
    interactiveRefused: interactive.refused + interactive.closed,
    enrichmentP95Ms: orNull(enrichment.p95Ms, 1),
    jain: orNull(result.jain, 4),
    kills: result.crashes,
    freezes: result.freezes,
    ambiguous: result.ambiguous,
    settled: result.settled,
    slotsLost: result.slotsLost,
    refusedUpstreamShare: orNull(result.upstreamRefusedShare, 5),
    totalUse: orNull(result.totalUse, 4),
    servedOnReturnShare: orNull(result.returned > 0 ? result.served / result.returned : undefined, 4),
    recoveryMs: orNull(result.recoveriesMs.length > 0 ? Math.max(...result.recoveriesMs) : undefined, 0),
    digest: result.digest,
    seed: result.seed,
    hours: orNull(result.simulatedHours, 3),
    seconds: orNull(result.realSeconds, 1),
    peers: {},
  });
};

const orNull = (value: number | undefined, decimals: number): number | null =>
  value === undefined ? null : Number(value.toFixed(decimals));
