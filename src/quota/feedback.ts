/**
 * What an answer of Defender's teaches the ledger.
 *
 * A 429 stops every instance, and says more: the window is full, so calls that the ledger does not know were made by others. After
 * the wait one probe goes first; its answer opens the quota, or doubles the wait.
 */
import { guarded } from './guard.ts';
import type { Entry, HeldSlot, LedgerRow } from './ledgerRow.ts';
import type { Limit } from './limits.ts';
import { longestOf } from './policy.ts';

/** What a 429 said. */
export interface Throttled {
  readonly retryAfterSeconds: number;
  /** The limit that it named, if it named one. */
  readonly limit?: Limit | undefined;
}

/** What became of a call, as far as the ledger cares. Instants are milliseconds of the store's clock. */
export type Feedback =
  | { readonly kind: 'throttled'; readonly slot: HeldSlot; readonly at: number; readonly throttled: Throttled }
  /** The probe was answered by anything but a 429. */
  | { readonly kind: 'open'; readonly slot: HeldSlot };

const mostSeconds = 3600;

/** The same ledger, having learnt. */
export const learnt = (row: LedgerRow, feedback: readonly Feedback[]): LedgerRow =>
  feedback.reduce((known, each) => (each.kind === 'open' ? opened(known, each.slot) : blocked(known, each)), row);

/** How many calls of others a 429 reveals, and in which window. */
export interface Foreign {
  readonly limit: Limit;
  /** 0 or less: by the ledger's own count the window was full. */
  readonly calls: number;
}

/**
 * The limit that a 429 named or, where it named none, the one that the fewest foreign calls explain: a window shorter than
 * the wait it asks for can't be the full one.
 */
export const foreignCalls = (row: LedgerRow, at: number, throttled: Throttled): Foreign => {
  const named = row.limits.find(({ seconds }) => seconds === throttled.limit?.seconds);
  const long = row.limits.filter(({ seconds }) => throttled.retryAfterSeconds <= seconds + 1);
  const candidates = named ? [named] : long.length > 0 ? long : [longestOf(row.limits)];
  const [fewest] = candidates
    .map((limit) => ({ limit, calls: limit.calls - countWithin(row, limit, at) }))
    .sort((a, b) => a.calls - b.calls);
  if (!fewest) throw new Error('a quota without limits');
  return fewest;
};

const opened = (row: LedgerRow, { owner, number }: HeldSlot): LedgerRow => {
  const probe = row.block?.probe;
  return probe?.owner === owner && probe.number === number ? { ...row, block: undefined } : row;
};

const blocked = (row: LedgerRow, { slot, at, throttled }: Feedback & { kind: 'throttled' }): LedgerRow => {
  const { owner, number } = slot;
  const wasProbe = row.block?.probe?.owner === owner && row.block.probe.number === number;
  const seconds = Math.min(
    mostSeconds,
    Math.max(throttled.retryAfterSeconds, wasProbe ? 2 * (row.block?.seconds ?? 0) : 0),
  );
  const until = Math.max(row.block?.until ?? 0, at + seconds * 1000);
  const foreign = spread(row, foreignCalls(row, at, throttled), at, throttled.retryAfterSeconds);
  return {
    ...row,
    log: [...row.log, ...foreign].sort((a, b) => a.at - b.at),
    block: { until, seconds },
  };
};

/** Evenly over the widened window; the oldest of them leaves it when the 429 says that a call will be free. */
const spread = (row: LedgerRow, { limit, calls }: Foreign, at: number, retryAfterSeconds: number): Entry[] => {
  const length = guarded([limit], row.timing)[0]?.milliseconds ?? 0;
  const first = at - length + Math.min(length, retryAfterSeconds * 1000);
  return Array.from({ length: Math.max(0, calls) }, (_, i) => ({
    at: Math.round(first + ((at - first) * i) / calls),
    by: 'foreign' as const,
  }));
};

const countWithin = (row: LedgerRow, { seconds }: Limit, at: number): number =>
  [...row.log, ...row.held].filter((entry) => entry.at > at - seconds * 1000 && entry.at <= at).length;
