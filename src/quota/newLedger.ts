/** A ledger's beginning, and what becomes of it when a process brings other settings. */
import type { Timing } from './guard.ts';
import type { Entry, LedgerRow } from './ledgerRow.ts';
import type { Limit } from './limits.ts';
import { longestOf, type Policy } from './policy.ts';

/** What a process is told of its quota. */
export interface QuotaSettings {
  readonly limits: readonly Limit[];
  readonly timing: Timing;
  readonly policy: Policy;
  /** What it means that there is no ledger: that nothing was called before, or that nobody knows. */
  readonly newLedger: 'unused' | 'unknown';
}

export const emptyRow = (
  { limits, timing, policy, newLedger }: QuotaSettings,
  epoch: string,
  stampedAt: number,
): LedgerRow => ({
  seq: 0,
  epoch,
  writers: [],
  notBefore: stampedAt,
  limits,
  timing,
  policy,
  log: [],
  held: [],
  told: [],
  turns: [],
  learningSince: newLedger === 'unknown' ? stampedAt : undefined,
  foreignGone: 0,
  burst: { calls: 0, seenAt: stampedAt },
});

/**
 * The same ledger under this process's settings; the very same row where they are in force already. Of calls before its longest
 * window it knows nothing, so where a new window is longer, its whole quota counts as spent at the edge of what is known.
 */
export const proposed = (row: LedgerRow, settings: QuotaSettings, stampedAt: number): LedgerRow => {
  const { limits, timing, policy } = settings;
  if (isSame({ limits, timing, policy }, row)) return row;
  const knownSince = stampedAt - longestOf(row.limits).seconds * 1000;
  const unknown = limits.filter(({ seconds }) => stampedAt - seconds * 1000 < knownSince).map(({ calls }) => calls);
  const spent = Array.from({ length: Math.max(0, ...unknown) }, (): Entry => ({ at: knownSince, by: 'background' }));
  return { ...row, limits, timing, policy, log: [...spent, ...row.log].sort((a, b) => a.at - b.at) };
};

const isSame = (mine: Pick<LedgerRow, 'limits' | 'timing' | 'policy'>, row: LedgerRow): boolean =>
  JSON.stringify(mine) === JSON.stringify({ limits: row.limits, timing: row.timing, policy: row.policy });
