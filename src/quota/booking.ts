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

/** Refused: the wait would be longer than the caller's, and nothing was booked. Closed: the ledger can't be used, so nothing may be sent. */
export type Refusal =
  | Refused
  | { readonly kind: 'closed'; readonly retryAfterSeconds: number; readonly reason: string };

export interface Waiter {
  /** By the monotonic clock. */
  readonly deadline: number;
  readonly refusal: Promise<Refusal>;
  /** A slot that would serve it in time is in the purse. */
  readonly covered: Promise<void>;
  isWaiting(): boolean;
  /** Its call is being sent: it wants nothing more. */
  leave(): void;
}

export interface Booking {
  join(waitMs: number): Waiter;
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
}

interface Place extends Waiter {
  cover(): void;
  tell(refusal: Refusal): void;
}

/** Rounds that may fail in a row before callers are told that the ledger is out of reach; from then on, until one succeeds, at once. */
const failuresToClose = 5;
const firstPauseMs = 200;
const conflictPauseMs = 10;

export const createBooking = ({ rounds, purse, time, clock, log, owner, onSlot }: BookingOptions): Booking => {
  const places = new Set<Place>();
  let nextNumber = 1;
  let failures = 0;
  let conflicts = 0;
  let isPlaying = false;

  /** Those whom no slot in the purse would serve in time. */
  const uncovered = (): Place[] => {
    purse.sweep();
    const slots = [...purse.held];
    return [...places].filter((place) => {
      const [slot] = slots;
      if (!slot || slot.at > time.now().latest + place.deadline - clock.monotonic() + rounds.timing.sendSlackMs)
        return true;
      slots.shift();
      place.cover();
      return false;
    });
  };

  /**
   * One round. Where slots are given back, those still far off are booked anew in the same write: packed as close as they were
   * allowed to be, they would keep what became free from everybody.
   */
  const playRound = async () => {
    const withdrawn = purse.unsent.length > 0 ? purse.withdraw() : [];
    const asking = uncovered();
    const released = [...purse.unsent, ...withdrawn.map(({ number }) => number)];
    const firstNumber = nextNumber;
    nextNumber += asking.length;
    try {
      const deadlines = asking.map(({ deadline }) => deadline);
      const result = await rounds.play({ owner, nextNumber: firstNumber, released, deadlines });
      failures = 0;
      conflicts = result.kind === 'overtaken' ? conflicts + 1 : 0;
      if (result.kind === 'overtaken') {
        for (const slot of withdrawn) purse.add(slot);
        return await pause(conflictPauseMs * 2 ** Math.min(conflicts, 5));
      }
      purse.forget(released);
      for (const [i, outcome] of result.outcomes.entries()) settle(asking[i], outcome);
    } catch (fault) {
      purse.giveUp(withdrawn);
      await failed(fault, asking, released);
    }
  };

  const settle = (place: Place | undefined, outcome: Outcome) => {
    if (outcome.kind === 'granted') {
      purse.add(outcome.slot);
      onSlot(outcome.slot);
    } else {
      place?.tell(outcome);
    }
  };

  const failed = async (fault: unknown, asking: readonly Place[], released: readonly number[]) => {
    failures += 1;
    log.warn('The quota ledger could not be used', { failures, fault: String(fault) });
    if (failures < failuresToClose && !(fault instanceof LedgerUnreadable)) return pause(firstPauseMs * 2 ** failures);
    purse.forget(released);
    for (const place of asking) place.tell(closed(fault));
  };

  const pause = (atMostMs: number) => clock.sleep(Math.random() * atMostMs);

  /** The caller's time is over, and neither a slot nor a refusal came. */
  const giveUp = (place: Place) => {
    if (failures > 0 || !rounds.known || !time.isTrusted()) return place.tell(closed(undefined));
    place.tell(refusal(rounds.known, time.now().latest));
  };

  return {
    join(waitMs) {
      const place = createPlace(clock.monotonic() + waitMs, (left) => places.delete(left));
      places.add(place);
      void clock.sleep(waitMs + rounds.timing.sendSlackMs, place.left).then(() => giveUp(place));
      return place;
    },
    async play() {
      if (isPlaying) return;
      isPlaying = true;
      try {
        while (uncovered().length > 0 || purse.unsent.length > 0) await playRound();
      } finally {
        isPlaying = false;
      }
    },
  };
};

const createPlace = (deadline: number, onLeave: (place: Place) => void): Place & { readonly left: AbortSignal } => {
  const leaving = new AbortController();
  const refusal = promised<Refusal>();
  const covered = promised<void>();
  const place = {
    deadline,
    refusal: refusal.promise,
    covered: covered.promise,
    left: leaving.signal,
    cover: () => covered.resolve(),
    isWaiting: () => !leaving.signal.aborted,
    leave() {
      leaving.abort();
      onLeave(place);
    },
    tell(told: Refusal) {
      if (leaving.signal.aborted) return;
      place.leave();
      refusal.resolve(told);
    },
  };
  return place;
};

/** A promise and the way to keep it (`Promise.withResolvers`, which Node 20 does not have). */
const promised = <T>(): { readonly promise: Promise<T>; readonly resolve: (value: T) => void } => {
  let resolve: (value: T) => void = () => {};
  const promise = new Promise<T>((keep) => {
    resolve = keep;
  });
  return { promise, resolve };
};

const closed = (fault: unknown): Refusal => ({
  kind: 'closed',
  retryAfterSeconds: 5 + Math.floor(Math.random() * 10),
  reason: fault instanceof LedgerUnreadable ? fault.message : 'the quota ledger in Table storage cannot be reached',
});
