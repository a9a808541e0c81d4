/**
 * Callers who wait for a turn, and the rounds that get them slots.
 *
 * At most one round is under way. Whoever comes meanwhile shares the next one, so the number of writes does not grow with
 * the number of callers. A class that was told to ask again later is parked until then: whoever of it comes meanwhile waits with it.
 */
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import { busy, type Closed, notItsTurn, outOfReach, shutDown } from './closed.ts';
import type { Outcome } from './demand.ts';
import type { Feedback } from './feedback.ts';
import { isForbidden } from './forbidden.ts';
import { type HeldSlot, LedgerUnreadable } from './ledgerRow.ts';
import { createParking } from './parking.ts';
import { createPlaces, type Place } from './places.ts';
import { type PriorityClass, priorityClasses } from './priorityClass.ts';
import type { Purse } from './purse.ts';
import type { Refused } from './refusal.ts';
import type { Rounds } from './round.ts';
import type { ServerClock } from './serverClock.ts';

/**
 * Refused: the wait would be longer than the caller's, and nothing was booked. Closed: the ledger can't be used, or this process
 * has its hands full, so nothing is sent.
 */
export type Refusal = Refused | Closed;

/** Who waits: either `send` or `refuse` is called, once. */
export interface Caller {
  readonly waitMs: number;
  readonly priority: PriorityClass;
  /** Starts its call at once; resolves when that is over, well or not. */
  readonly send: (slot: HeldSlot) => Promise<void>;
  readonly refuse: (refusal: Refusal) => void;
}

export interface Booking {
  /** @returns takes the caller out of the line, and says whether it still stood there */
  join(caller: Caller): () => boolean;
  /** Whom the slot serves, out of the waiting. */
  next(slot: HeldSlot): Caller | undefined;
  /** Tells the ledger, in the next round, what Defender answered. */
  learn(feedback: Feedback): void;
  /**
   * Asks the ledger for those whom no slot serves, and gives back what was not sent; nothing where there is neither. Resolves when nothing
   * of that is left to do.
   */
  play(): Promise<void>;
  /** Reads the ledger, and gives up what a block in it forbids. A fault is logged: slots in hand stay good. */
  look(): Promise<void>;
  /** Refuses all who wait and all who come. */
  close(): void;
}

export interface BookingOptions {
  readonly rounds: Rounds;
  readonly purse: Purse;
  readonly time: ServerClock;
  readonly clock: Clock;
  readonly log: Log;
  readonly random: () => number;
  readonly owner: string;
  readonly onSlot: (slot: HeldSlot) => void;
  /** Whether one more call may be under way. */
  readonly hasRoom: () => boolean;
}

/** Rounds that may fail in a row before callers are told that the ledger is out of reach; from then on, until one succeeds, at once. */
const failuresToClose = 5;
const firstPauseMs = 200;
const mostPauseMs = 2000;
/** After that, what the ledger has to be told is tried again. */
const againAfterMs = 5000;
const conflictPauseMs = 10;
/** A round that takes longer says that the store does not answer. */
const slowRoundMs = 400;

export const createBooking = (options: BookingOptions): Booking => {
  const { rounds, purse, time, clock, log, random, owner, onSlot, hasRoom } = options;
  const places = createPlaces<Caller>();
  const parking = createParking(clock, time, () => void play());
  let feedback: readonly Feedback[] = [];
  let nextNumber = 1;
  let failures = 0;
  let lastFault: unknown;
  let conflicts = 0;
  let isPlaying = false;
  let played: Promise<void> = Promise.resolve();
  let isClosed = false;
  let roundSince = Number.POSITIVE_INFINITY;

  const tell = (place: Place<Caller>, refusal: Refusal) => {
    if (places.has(place)) places.leave(place).refuse(refusal);
  };

  /** Those whom no slot in the purse would serve in time, and whose class is not parked. */
  const asking = (): readonly Place<Caller>[] => {
    purse.sweep();
    if (!hasRoom() || isClosed) return [];
    const unserved = places.without(purse.held, ({ at }, deadline) => {
      const latest = time.now().latest + deadline - clock.monotonic() + rounds.timing.sendSlackMs;
      return at <= latest;
    });
    return unserved.filter(({ by }) => !parking.has(by));
  };

  /** Gives up what the newest version forbids. */
  const heed = () => {
    if (rounds.seen) purse.drop(isForbidden(rounds.seen.row, owner));
  };

  /**
   * One round. Where slots are given back, those still far off are booked anew in the same write: packed as close as they were
   * allowed to be, they would keep what became free from everybody.
   */
  const playRound = async (asks: readonly Place<Caller>[]): Promise<'goOn' | 'stop'> => {
    const withdrawn = purse.unsent.length > 0 && hasRoom() ? purse.withdraw() : [];
    const all = withdrawn.length > 0 ? asking() : asks;
    const released = [...purse.unsent, ...withdrawn.map(({ number }) => number)];
    const told = feedback;
    const firstNumber = nextNumber;
    nextNumber += all.length;
    roundSince = clock.monotonic();
    try {
      const wants = all.map(({ by, deadline }) => ({ by, deadline }));
      const result = await rounds.play({
        owner,
        nextNumber: firstNumber,
        released,
        feedback: told,
        wants,
        leaves: isClosed,
      });
      failures = 0;
      lastFault = undefined;
      conflicts = result.kind === 'overtaken' ? conflicts + 1 : 0;
      if (result.kind === 'overtaken') {
        for (const slot of withdrawn) purse.add(slot);
        await pause(
          Math.min(mostPauseMs, Math.max(conflictPauseMs, rounds.writeTakesMs) * 2 ** Math.min(conflicts, 5)),
        );
        return 'goOn';
      }
      purse.forget(released);
      feedback = feedback.filter((each) => !told.includes(each));
      settle(all, result.outcomes);
      if (feedback.some(({ kind }) => kind === 'throttled')) purse.drop(() => true);
      heed();
      return 'goOn';
    } catch (fault) {
      // Whether it was written is unknown: what may have been booked will not be sent.
      purse.giveUp(withdrawn.map(({ number }) => number));
      purse.giveUp(all.map((_, i) => firstNumber + i));
      return failed(fault);
    }
  };

  const settle = (asked: readonly Place<Caller>[], outcomes: readonly Outcome[]) => {
    for (const by of priorityClasses) if (asked.some((place) => place.by === by)) parking.leave(by);
    for (const [i, outcome] of outcomes.entries()) {
      const place = asked[i];
      if (outcome.kind === 'granted' && isClosed) {
        purse.giveUp([outcome.slot.number]);
      } else if (outcome.kind === 'granted') {
        purse.add(outcome.slot);
        onSlot(outcome.slot);
      } else if (place && outcome.kind === 'waiting') {
        if (!parking.has(place.by)) parking.park(place.by, outcome);
      } else if (place && outcome.kind === 'refused') {
        tell(place, outcome);
      }
    }
  };

  const failed = async (fault: unknown): Promise<'goOn' | 'stop'> => {
    failures += 1;
    log.warn('The quota ledger could not be used', { failures, fault: String(fault) });
    if (failures < failuresToClose && !(fault instanceof LedgerUnreadable)) {
      await pause(Math.min(mostPauseMs, firstPauseMs * 2 ** failures));
      return 'goOn';
    }
    lastFault = fault;
    for (let place = places.first(); place; place = places.first()) tell(place, outOfReach(fault, random()));
    void clock.sleep(againAfterMs).then(play);
    return 'stop';
  };

  const pause = (atMostMs: number) => clock.sleep(random() * atMostMs);

  /** The caller's time is over, and neither its turn nor a refusal came. */
  const giveUp = (place: Place<Caller>) => {
    if (!places.has(place)) return;
    if (!hasRoom()) return tell(place, busy);
    const isStoreSlow = failures > 0 || clock.monotonic() - roundSince > slowRoundMs;
    const [outcome] = (isStoreSlow ? undefined : rounds.guess([{ by: place.by, deadline: place.deadline }])) ?? [];
    if (outcome?.kind === 'refused') tell(place, outcome);
    else tell(place, isStoreSlow || !outcome ? outOfReach(lastFault, random()) : notItsTurn);
  };

  const isInLine = () => rounds.seen?.row.turns.some((turn) => turn.owner === owner) ?? false;

  const isRoundDue = (asks: readonly Place<Caller>[]) =>
    purse.unsent.length > 0 || feedback.length > 0 || asks.length > 0 || (isClosed && isInLine());

  const playAll = async () => {
    isPlaying = true;
    try {
      for (let asks = asking(); isRoundDue(asks) && (await playRound(asks)) === 'goOn'; ) asks = asking();
    } finally {
      isPlaying = false;
      roundSince = Number.POSITIVE_INFINITY;
    }
  };

  const play = () => {
    if (!isPlaying) played = playAll();
    return played;
  };

  return {
    join(caller) {
      if (isClosed) {
        caller.refuse(shutDown);
        return () => false;
      }
      const place = places.enter(caller, caller.priority, clock.monotonic() + caller.waitMs);
      const overMs = caller.waitMs + rounds.timing.sendSlackMs;
      const expected = parking.expected(place.by);
      if (expected !== undefined && place.deadline < expected) giveUp(place);
      else void clock.sleep(overMs, place.leaving.signal).then(() => giveUp(place));
      return () => {
        if (!places.has(place)) return false;
        places.leave(place);
        return true;
      };
    },
    next({ by, guaranteed }) {
      const first = places.first(guaranteed && by !== 'foreign' ? by : undefined);
      return first && places.leave(first);
    },
    learn(learnt) {
      feedback = [...feedback, learnt];
      if (learnt.kind === 'throttled') purse.drop(() => true);
    },
    play,
    async look() {
      try {
        await rounds.look();
        heed();
      } catch (fault) {
        log.warn('The quota ledger could not be read again', { fault: String(fault) });
      }
    },
    close() {
      isClosed = true;
      purse.drop(() => true);
      for (let place = places.first(); place; place = places.first()) tell(place, shutDown);
    },
  };
};
