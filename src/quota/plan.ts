/**
 * One round, as a pure function: the newest ledger and what this process wants, to the next ledger and who got what.
 *
 * Why no window can break: every slot is placed by `earliest` against all slots, held ones included; a slot leaves the
 * ledger only when its owner gives it back unsent, or when it is older than the longest widened window before the
 * *store's* time of the version it is read from, and no new slot lies before that time.
 */
import { type GuardedWindow, guarded } from './guard.ts';
import type { Version } from './ledger.ts';
import type { HeldSlot, LedgerRow } from './ledgerRow.ts';
import type { Limit } from './limits.ts';
import { binding, earliest, insert } from './windows.ts';

/** What one process wants of one round. Instants are milliseconds of the store's clock. */
export interface Demand {
  readonly owner: string;
  /** The number of the owner's next slot. */
  readonly nextNumber: number;
  /** For each caller, in the order they came: the last instant at which its call is still of use. */
  readonly notAfter: readonly number[];
  /** Numbers of own slots that were not sent and never will be. */
  readonly released: readonly number[];
  /** No slot before this: the latest that now can be, and the time a write takes. */
  readonly from: number;
}

export type Outcome = { readonly kind: 'granted'; readonly slot: HeldSlot } | Refused;

/** How long a caller is to stay away: whole seconds, at least 1, and after what other refused callers were told. */
export interface Refused {
  readonly kind: 'refused';
  readonly retryAfterSeconds: number;
  /** The limit that rules it. */
  readonly limit: Limit;
}

export interface Plan {
  readonly next: LedgerRow;
  /** One for each caller of the demand. */
  readonly outcomes: readonly Outcome[];
}

/** A caller who obeys is back at most this long after the second it was told. */
const isBackWithinMs = 500;
/** How long an instant told to a refused caller is kept free of others who are refused. */
const toldForMs = 2000;
const mostTold = 64;
/** The store takes 64 KB in one property; this is far more than callers who wait 200 s can hold of 100 calls a minute. */
const mostHeld = 600;

export const plan = (version: Version, demand: Demand): Plan => {
  const { row, stampedAt } = version;
  const windows = guarded(row.limits, row.timing);
  const { log, held } = settle(version, demand, windows);
  const from = Math.max(demand.from, stampedAt);
  const booked = [...log];
  for (const { at } of held) insert(booked, at);
  const told = row.told.filter((at) => at + toldForMs >= stampedAt);

  const slots = demand.notAfter.map((notAfter, i): HeldSlot | undefined => {
    const at = earliest(booked, windows, from);
    if (at > notAfter || held.length + i >= mostHeld) return undefined;
    insert(booked, at);
    return { at, owner: demand.owner, number: demand.nextNumber + i };
  });
  // Only now, so that nobody is told an instant that goes to somebody who waits for it.
  const outcomes = slots.map(
    (slot): Outcome => (slot ? { kind: 'granted', slot } : refuse(booked, told, windows, from)),
  );
  held.push(...slots.filter((slot) => slot !== undefined));
  held.sort((a, b) => a.at - b.at);
  return { next: { ...row, seq: row.seq + 1, log, held, told }, outcomes };
};

/** Drops what the owner gives back and what is too old to matter; what can no longer be given back goes to the log. */
const settle = ({ row, stampedAt }: Version, { owner, released }: Demand, windows: readonly GuardedWindow[]) => {
  const longest = Math.max(...windows.map(({ milliseconds }) => milliseconds));
  const log = row.log.filter((at) => at >= stampedAt - longest);
  const held: HeldSlot[] = [];
  for (const slot of row.held) {
    if (slot.owner === owner && released.includes(slot.number)) continue;
    if (slot.at < stampedAt - row.timing.sendSlackMs) insert(log, slot.at);
    else held.push(slot);
  }
  return { log, held };
};

/** What a caller beyond its time is told by this version. */
export const refusal = ({ row }: Version, from: number): Refused => {
  const slots = [...row.log, ...row.held.map(({ at }) => at), ...row.told].sort((a, b) => a - b);
  return refused(slots, guarded(row.limits, row.timing), from);
};

/** Notes when the caller will be back, for the next refusal only: whoever comes first has the slot. */
const refuse = (
  booked: readonly number[],
  told: number[],
  windows: readonly GuardedWindow[],
  from: number,
): Refused => {
  const slots = [...booked];
  for (const at of told) insert(slots, at);
  const outcome = refused(slots, windows, from);
  if (told.length < mostTold) insert(told, from + outcome.retryAfterSeconds * 1000 + isBackWithinMs);
  return outcome;
};

const refused = (slots: readonly number[], windows: readonly GuardedWindow[], from: number): Refused => {
  const [shortest] = windows;
  if (!shortest) throw new Error('a quota without limits');
  const { limit } = binding(slots, windows, from) ?? shortest;
  const waitMs = earliest(slots, windows, from) - from;
  return { kind: 'refused', retryAfterSeconds: Math.max(1, Math.ceil(waitMs / 1000)), limit };
};
