/**
 * A process's gate to one quota: callers come, and each is let through when a slot of the shared ledger falls due, or told
 * when to come back.
 *
 * Slots are bound late: one that falls due serves whoever's time is over first among those who wait then. Bottleneck queues the
 * slots that are due, not the callers, and bounds how many calls are under way; whether a call may be sent is decided by the
 * purse alone. Why not its reservoir: docs/decisions/004-bottleneck-queues-slots.md.
 */
import Bottleneck from 'bottleneck';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import { createBooking, type Refusal } from './booking.ts';
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

export const createGate = (options: GateOptions): Gate => {
  const { ledger, clock, log, limits, timing = timingFor(limits), concurrency, owner = newOwner() } = options;
  const time = createServerClock(clock);
  const rounds = createRounds({ ledger, clock, log, time, limits, timing });
  const purse = createPurse(time, () => rounds.timing.sendSlackMs);
  const queue = new Bottleneck({ maxConcurrent: concurrency });
  const hasRoom = () => {
    const { QUEUED = 0, RUNNING = 0, EXECUTING = 0 } = queue.counts();
    return QUEUED + RUNNING + EXECUTING < concurrency;
  };

  /** One due slot's turn. Nothing is awaited between taking the slot and starting the call. */
  const serve = async () => {
    const slot = purse.take();
    if (!slot) return;
    const caller = booking.next();
    if (!caller) return purse.add(slot);
    await caller.send();
  };

  /** Serves one caller when the slot falls due, and gives the slot back if nobody took it in time. */
  const offer = async ({ at }: HeldSlot) => {
    while (time.isTrusted() && time.now().earliest < at) await clock.sleep(at - time.now().earliest);
    void queue.schedule(serve).then(booking.play);
    await clock.sleep(rounds.timing.sendSlackMs + 1);
    await booking.play();
  };
  const onSlot = (slot: HeldSlot) => void offer(slot);
  const booking = createBooking({ rounds, purse, time, clock, log, owner, onSlot, hasRoom });

  return {
    pass: (waitMs, send) =>
      new Promise((resolve, reject) => {
        const sendAndTell = () => send().then((value) => resolve({ kind: 'sent', value }), reject);
        booking.join({ waitMs: Math.max(leastWaitMs, waitMs), send: sendAndTell, refuse: resolve });
        void booking.play();
      }),
  };
};

const newOwner = () => crypto.randomUUID().slice(0, 13);
