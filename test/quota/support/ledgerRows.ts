/** Ledgers as the tests of `src/quota` need them: of any limits, and otherwise as an unused quota's is. */
import type { Demand, Outcome, Want } from '../../../src/quota/demand.ts';
import { guarded, timingFor } from '../../../src/quota/guard.ts';
import type { Version } from '../../../src/quota/ledger.ts';
import type { Entry, HeldSlot, LedgerRow, Promised } from '../../../src/quota/ledgerRow.ts';
import { parseLimits } from '../../../src/quota/limits.ts';
import { emptyRow, type QuotaSettings } from '../../../src/quota/newLedger.ts';
import { usualPolicy } from '../../../src/quota/policy.ts';
import type { Payer, PriorityClass } from '../../../src/quota/priorityClass.ts';

/** An instant of the store's clock. */
export const now = 1_795_000_000_000;

/** The limits of the documents, and others that the quota has to be shared under as well. */
export const usual = '100/60,1500/3600';
export const anyLimits = [usual, '30/60,1000/3600', '20/6', '60/60', '1/1'] as const;

export const settingsFor = (limits: string, more: Partial<QuotaSettings> = {}): QuotaSettings => {
  const parsed = parseLimits(limits);
  return { limits: parsed, timing: timingFor(parsed), policy: usualPolicy, newLedger: 'unused', ...more };
};

export const rowOf = (limits: string, more: Partial<LedgerRow> = {}): LedgerRow => ({
  ...emptyRow(settingsFor(limits), 'first', now),
  ...more,
});

export const versionOf = (row: LedgerRow, stampedAt = now): Version => ({ row, etag: '"1"', stampedAt });

/** How long each of the row's windows is once it is widened, shortest first. */
export const widened = ({ limits, timing }: LedgerRow): readonly number[] =>
  guarded(limits, timing).map(({ milliseconds }) => milliseconds);

export const callsAt = (by: Payer, ...instants: readonly number[]): Entry[] => instants.map((at) => ({ at, by }));

/** So many calls at one instant. */
export const burstAt = (by: Payer, at: number, count: number): Entry[] => callsAt(by, ...Array(count).fill(at));

export const slot = (at: number, by: PriorityClass, owner: string, number: number): HeldSlot => ({
  at,
  by,
  owner,
  number,
});

/** One owner's slots, numbered from 1. */
export const slotsAt = (owner: string, by: PriorityClass, ...instants: readonly number[]): HeldSlot[] =>
  instants.map((at, i) => slot(at, by, owner, i + 1));

export const promised = (at: number, by: PriorityClass, guaranteed = false): Promised => ({ at, by, guaranteed });

/** So many wants of one class, all of use until one instant. */
export const wants = (count: number, by: PriorityClass, notAfter: number): Want[] =>
  Array.from({ length: count }, () => ({ by, notAfter }));

export const demandOf = (more: Partial<Demand> = {}): Demand => ({
  owner: 'me',
  writer: 'me.1',
  nextNumber: 1,
  wants: [],
  released: [],
  feedback: [],
  told: [],
  from: now,
  ...more,
});

export const slotsIn = (outcomes: readonly Outcome[]): HeldSlot[] =>
  outcomes.flatMap((outcome) => (outcome.kind === 'granted' ? [outcome.slot] : []));

export const secondsIn = (outcomes: readonly Outcome[]): number[] =>
  outcomes.flatMap((outcome) => (outcome.kind === 'refused' ? [outcome.retryAfterSeconds] : []));

/** Whether a half-open stretch that holds `instant` has more than `calls` of the slots: counted, not reasoned. */
export const isCrowdedAt = (
  slots: readonly number[],
  { calls, milliseconds }: { readonly calls: number; readonly milliseconds: number },
  instant: number,
): boolean => {
  for (const from of slots) {
    if (from > instant || from + milliseconds <= instant) continue;
    let count = 0;
    for (const slot of slots) if (slot >= from && slot < from + milliseconds) count += 1;
    if (count > calls) return true;
  }
  return false;
};
