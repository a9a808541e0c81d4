/**
 * What became of every slot that was ever written down, as the ledger's versions tell it. Two laws of the ledger are watched here,
 * more sternly than arrivals could: no version holds more of our calls in a widened window than the limit, and no call is sent but
 * on a slot of its process, once.
 */
import { guarded } from '../../../src/quota/guard.ts';
import type { Entry, HeldSlot, LedgerRow } from '../../../src/quota/ledgerRow.ts';

export interface SlotAccounts {
  readonly booked: number;
  readonly released: number;
  /** Versions with too many calls in a widened window. Versions after a loss of the ledger are not judged. */
  readonly crowded: number;
  /** A version was written in another's place. */
  written(before: LedgerRow | undefined, after: LedgerRow): void;
  /** Whether the ledger was lost or set back. */
  readonly isBroken: boolean;
  /** The ledger was lost or set back: what stands there was not made from what stood there before. */
  broken(): void;
  /** The store's clock was set: some know it only later. */
  stepped(byMs: number): void;
  /** How many slots a process may still send after now, by the store's clock, at the most. */
  unsent(owner: string, now: number): number;
  /** A call leaves now by the store's clock; false where its process has no slot for it. */
  sent(owner: string, now: number): boolean;
}

/** Rates of clocks differ. */
const clockErrorMs = 60;

export const createSlotAccounts = (): SlotAccounts => {
  const open = new Map<string, HeldSlot[]>();
  /** How far off a process may be about the store's time. */
  let errorMs = clockErrorMs;
  let slackMs = 0;
  let booked = 0;
  let released = 0;
  let crowded = 0;
  let isBroken = false;

  const book = (slot: HeldSlot) => {
    booked += 1;
    const slots = open.get(slot.owner) ?? [];
    slots.push(slot);
    open.set(slot.owner, slots);
  };

  return {
    get booked() {
      return booked;
    },
    get released() {
      return released;
    },
    get crowded() {
      return crowded;
    },
    get isBroken() {
      return isBroken;
    },
    written(before, after) {
      slackMs = after.timing.sendSlackMs;
      const known = new Set(before?.held.map(nameOf));
      const still = new Set(after.held.map(nameOf));
      for (const slot of after.held) if (!known.has(nameOf(slot))) book(slot);
      const gone = before?.held.filter((slot) => !still.has(nameOf(slot))) ?? [];
      released += gone.filter(({ at }) => countAt(after.log, at) <= countAt(before?.log ?? [], at)).length;
      if (!isBroken && isCrowded(after)) crowded += 1;
    },
    broken() {
      isBroken = true;
    },
    stepped(byMs) {
      errorMs += Math.abs(byMs);
    },
    unsent: (owner, now) => (open.get(owner) ?? []).filter(({ at }) => now <= at + slackMs + errorMs).length,
    sent(owner, now) {
      const slots = (open.get(owner) ?? []).filter(({ at }) => now <= at + slackMs + errorMs);
      const [first] = slots.filter(({ at }) => now >= at - errorMs).sort((a, b) => a.at - b.at);
      const rest = slots.filter((slot) => slot !== first);
      open.set(owner, rest);
      return first !== undefined;
    },
  };
};

const nameOf = ({ owner, number }: HeldSlot): string => `${owner} ${number}`;

/** How many calls of a log, looked at from its end, lie at one instant. */
const countAt = (log: readonly Entry[], at: number): number => {
  let count = 0;
  for (let i = log.length - 1; i >= 0; i--) {
    const entry = log[i];
    if (!entry || entry.at < at) break;
    if (entry.at === at) count += 1;
  }
  return count;
};

const isCrowded = ({ log, held, limits, timing }: LedgerRow): boolean => {
  const ours: number[] = [];
  for (const { at, by } of log) if (by !== 'foreign') ours.push(at);
  for (const { at } of held) putInOrder(ours, at);
  return guarded(limits, timing).some(({ calls, milliseconds }) => {
    for (let i = calls; i < ours.length; i++) {
      if ((ours[i] ?? 0) - (ours[i - calls] ?? 0) < milliseconds) return true;
    }
    return false;
  });
};

/** Into an ascending list; most belong at its end. */
const putInOrder = (ascending: number[], at: number): void => {
  let place = ascending.length;
  while (place > 0 && (ascending[place - 1] ?? 0) > at) place -= 1;
  ascending.splice(place, 0, at);
};
