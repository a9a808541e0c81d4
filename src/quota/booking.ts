/**
 * Those who wait in this process, and the rounds that get them slots.
 *
 * At most one round is under way. Whoever comes meanwhile shares the next one, so the number of writes does not grow with
 * the number of callers.
 */
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import { type HeldSlot, LedgerUnreadable } from './ledgerRow.ts';
import { type Outcome, type Refused, refusal } from './plan.ts';
import type { Purse } from './purse.ts';
import type { Rounds } from './round.ts';
import type { ServerClock } from './serverClock.ts';

/**
 * Refused: the wait would be longer than the caller's, and nothing was booked. Closed: the ledger can't be used, or this process
 * has its hands full, so nothing is sent.
 */
export type Refusal =
  | Refused
  | { readonly kind: 'closed'; readonly retryAfterSeconds: number; readonly reason: string };

/** Who waits: either `send` or `refuse` is called, once. */
export interface Caller {
  readonly waitMs: number;
  /** Starts its call at once; resolves when that is over, well or not. */
  readonly send: () => Promise<void>;
  readonly refuse: (refusal: Refusal) => void;
}

export interface Booking {
  join(caller: Caller): void;
  /** Whoever is to be served next, out of the waiting: the one whose time is over first. */
  next(): Caller | undefined;
  /** Asks the ledger for those whom no slot serves, and gives back what was not sent; nothing where there is neither. */
  play(): Promise<void>;
}

export interface BookingOptions {
  readonly rounds: Rounds;
  readonly purse: Purse;
  readonly time: ServerClock;
  readonly clock: Clock;
  readonly log: Log;
  readonly owner: string;
  readonly onSlot: (slot: HeldSlot) => void;
  /** Whether one more call may be under way. */
  readonly hasRoom: () => boolean;
}

interface Place {
  readonly caller: Caller;
  /** By the monotonic clock. */
  readonly deadline: number;
  readonly leaving: AbortController;
}

/** Rounds that may fail in a row before callers are told that the ledger is out of reach; from then on, until one succeeds, at once. */
const failuresToClose = 5;
const firstPauseMs = 200;
const conflictPauseMs = 10;
/** A round that takes longer says that the store does not answer. */
const slowRoundMs = 400;

export const createBooking = (options: BookingOptions): Booking => {
  const { rounds, purse, time, clock, log, owner, onSlot, hasRoom } = options;
  const places = new Set<Place>();
  let nextNumber = 1;
  let failures = 0;
  let conflicts = 0;
  let isPlaying = false;
  let roundSince = Number.POSITIVE_INFINITY;

  const leave = (place: Place): Caller => {
    places.delete(place);
    place.leaving.abort();
    return place.caller;
  };
  const tell = (place: Place, refusal: Refusal) => {
    if (places.has(place)) leave(place).refuse(refusal);
  };
  const byDeadline = () => [...places].sort((a, b) => a.deadline - b.deadline);

  /** Those whom no slot in the purse would serve in time, in the order they came. Slots serve by deadline. */
  const uncovered = (): Place[] => {
    purse.sweep();
    const slots = [...purse.held];
    const without = new Set<Place>();
    for (const place of byDeadline()) {
      const latest = () => time.now().latest + place.deadline - clock.monotonic() + rounds.timing.sendSlackMs;
      if (slots[0] && slots[0].at <= latest()) slots.shift();
      else without.add(place);
    }
    return [...places].filter((place) => without.has(place));
  };

  /**
   * One round. Where slots are given back, those still far off are booked anew in the same write: packed as close as they were
   * allowed to be, they would keep what became free from everybody.
   */
  const playRound = async (): Promise<'goOn' | 'stop'> => {
    const withdrawn = purse.unsent.length > 0 ? purse.withdraw() : [];
    const asking = hasRoom() ? uncovered() : [];
    const released = [...purse.unsent, ...withdrawn.map(({ number }) => number)];
    const firstNumber = nextNumber;
    nextNumber += asking.length;
    roundSince = clock.monotonic();
    try {
      const deadlines = asking.map(({ deadline }) => deadline);
      const result = await rounds.play({ owner, nextNumber: firstNumber, released, deadlines });
      failures = 0;
      conflicts = result.kind === 'overtaken' ? conflicts + 1 : 0;
      if (result.kind === 'overtaken') {
        for (const slot of withdrawn) purse.add(slot);
        await pause(conflictPauseMs * 2 ** Math.min(conflicts, 5));
        return 'goOn';
      }
      purse.forget(released);
      for (const [i, outcome] of result.outcomes.entries()) settle(asking[i], outcome);
      return 'goOn';
    } catch (fault) {
      // Whether it was written is unknown: what may have been booked will not be sent.
      purse.giveUp(withdrawn.map(({ number }) => number));
      purse.giveUp(asking.map((_, i) => firstNumber + i));
      return failed(fault, asking);
    }
  };

  const settle = (place: Place | undefined, outcome: Outcome) => {
    if (outcome.kind === 'granted') {
      purse.add(outcome.slot);
      onSlot(outcome.slot);
    } else if (place) {
      tell(place, outcome);
    }
  };

  const failed = async (fault: unknown, asking: readonly Place[]): Promise<'goOn' | 'stop'> => {
    failures += 1;
    log.warn('The quota ledger could not be used', { failures, fault: String(fault) });
    if (failures < failuresToClose && !(fault instanceof LedgerUnreadable)) {
      await pause(firstPauseMs * 2 ** failures);
      return 'goOn';
    }
    for (const place of asking) tell(place, closed(fault));
    return 'stop';
  };

  const pause = (atMostMs: number) => clock.sleep(Math.random() * atMostMs);

  /** The caller's time is over, and neither its turn nor a refusal came. */
  const giveUp = (place: Place) => {
    const isStoreSlow = failures > 0 || clock.monotonic() - roundSince > slowRoundMs;
    if (!hasRoom()) return tell(place, busy);
    if (isStoreSlow || !rounds.seen || !time.isTrusted()) return tell(place, closed(undefined));
    tell(place, refusal(rounds.seen, time.now().latest));
  };

  const isRoundDue = () => purse.unsent.length > 0 || (hasRoom() && uncovered().length > 0);

  return {
    join(caller) {
      const place = { caller, deadline: clock.monotonic() + caller.waitMs, leaving: new AbortController() };
      places.add(place);
      const overMs = caller.waitMs + rounds.timing.sendSlackMs;
      void clock.sleep(overMs, place.leaving.signal).then(() => giveUp(place));
    },
    next() {
      const [first] = byDeadline();
      return first && leave(first);
    },
    async play() {
      if (isPlaying) return;
      isPlaying = true;
      try {
        while (isRoundDue() && (await playRound()) === 'goOn');
      } finally {
        isPlaying = false;
        roundSince = Number.POSITIVE_INFINITY;
      }
    },
  };
};

/** What keeps the caller is not the quota. */
const busy: Refusal = {
  kind: 'closed',
  retryAfterSeconds: 5,
  reason: 'Defender is slow, and as many calls as are made at once are still under way (UPSTREAM_CONCURRENCY)',
};

const closed = (fault: unknown): Refusal => ({
  kind: 'closed',
  retryAfterSeconds: 5 + Math.floor(Math.random() * 10),
  reason: fault instanceof LedgerUnreadable ? fault.message : 'the quota ledger in Table storage cannot be reached',
});
