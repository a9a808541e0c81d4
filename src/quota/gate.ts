/**
 * A process's gate to one quota: callers come, and each is let through when a slot of the shared ledger falls due, or told
 * when to come back.
 *
 * Slots are bound late: one that falls due serves whoever has waited longest by then. Bottleneck queues the callers and
 * bounds how many calls are under way; whether a call may be sent is decided by the purse alone.
 */
import Bottleneck from 'bottleneck';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import { createBooking, type Refusal, type Waiter } from './booking.ts';
import { type Timing, timingFor } from './guard.ts';
import type { Ledger } from './ledger.ts';
import type { HeldSlot } from './ledgerRow.ts';
import type { Limit } from './limits.ts';
import { createPurse } from './purse.ts';
import { createRounds } from './round.ts';
import { createServerClock } from './serverClock.ts';

export type Passage<T> = { readonly kind: 'sent'; readonly value: T } | Refusal;

export interface Gate {
  /**
   * Runs `send` once, when it may; or not at all, and tells when to come back.
   *
   * @param waitMs how long the caller can wait for its turn. Under half a second counts as half a second, so that who can't
   *   wait is still let through where nothing but a round with the ledger is in the way
   * @param send makes exactly one call, and starts it before it awaits anything
   */
  pass<T>(waitMs: number, send: () => Promise<T>): Promise<Passage<T>>;
}

export interface GateOptions {
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly log: Log;
  readonly limits: readonly Limit[];
  readonly timing?: Timing;
  /** Calls under way at once, at most. */
  readonly concurrency: number;
  /** This process, as the ledger names it; unique. */
  readonly owner?: string;
}

const leastWaitMs = 500;

/** Bottleneck's priorities: who was called but found the slot gone comes before who has just joined. */
const joined = 5;
const calledBefore = 4;

export const createGate = (options: GateOptions): Gate => {
  const { ledger, clock, log, limits, timing = timingFor(limits), concurrency, owner = newOwner() } = options;
  const time = createServerClock(clock);
  const rounds = createRounds({ ledger, clock, time, limits, timing });
  const purse = createPurse(time, () => rounds.timing.sendSlackMs);
  const queue = new Bottleneck({ maxConcurrent: concurrency, reservoir: 0 });

  /** Calls one waiter when the slot falls due, and gives the slot back if nobody took it in time. */
  const offer = async ({ at }: HeldSlot) => {
    while (time.isTrusted() && time.now().earliest < at) await clock.sleep(at - time.now().earliest);
    await queue.incrementReservoir(1);
    await clock.sleep(rounds.timing.sendSlackMs + 1);
    await booking.play();
  };
  const booking = createBooking({ rounds, purse, time, clock, log, owner, onSlot: (slot) => void offer(slot) });

  /** One waiter's turn. Nothing is awaited between taking the slot and starting the call. */
  const turn = async <T>(waiter: Waiter, send: () => Promise<T>): Promise<Passage<T> | 'again'> => {
    if (!waiter.isWaiting()) {
      if (purse.hasDue()) await queue.incrementReservoir(1);
      return waiter.refusal;
    }
    if (!purse.take()) {
      void booking.play();
      return 'again';
    }
    waiter.leave();
    return { kind: 'sent', value: await send() };
  };

  const turns = async <T>(waiter: Waiter, send: () => Promise<T>): Promise<Passage<T>> => {
    await waiter.covered;
    for (let priority = joined; ; priority = calledBefore) {
      const passage = await queue.schedule({ priority }, () => turn(waiter, send));
      if (passage !== 'again') return passage;
    }
  };

  return {
    async pass(waitMs, send) {
      const waiter = booking.join(Math.max(leastWaitMs, waitMs));
      const passage = turns(waiter, send);
      void booking.play();
      return Promise.race([waiter.refusal, passage]);
    },
  };
};

const newOwner = () => crypto.randomUUID().slice(0, 13);
