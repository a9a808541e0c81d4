/**
 * A process's gate to one quota: callers come, and each is let through when a slot of the shared ledger falls due, or told
 * when to come back.
 *
 * Slots are bound late: one that falls due serves the highest class that waits then, in it whose time is over first. Bottleneck queues the
 * slots that are due, not the callers, and bounds how many calls are under way; whether a call may be sent is decided by the
 * purse alone. Why not its reservoir: docs/decisions/004-bottleneck-queues-slots.md.
 */
import Bottleneck from 'bottleneck';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import { type Caller, createBooking, type Refusal } from './booking.ts';
import { hasLeft } from './closed.ts';
import type { Throttled } from './feedback.ts';
import { freshForMs } from './freshness.ts';
import { type Timing, timingFor } from './guard.ts';
import type { Ledger, Version } from './ledger.ts';
import type { HeldSlot } from './ledgerRow.ts';
import { type Limit, printLimits } from './limits.ts';
import { type Policy, usualPolicy } from './policy.ts';
import type { PriorityClass } from './priorityClass.ts';
import { createPurse } from './purse.ts';
import { createRounds } from './round.ts';
import { createServerClock } from './serverClock.ts';
import { createStore, type Transactions } from './store.ts';

export type Passage<T> = { readonly kind: 'sent'; readonly value: T } | Refusal;

/** What a caller wants of the gate. */
export interface Wanted {
  /**
   * For how long its turn is of use. Whoever can't wait is still let through where nothing but a round with the ledger is in
   * the way.
   */
  readonly waitMs: number;
  readonly priority: PriorityClass;
  /** Aborted where its turn is of no use any more: it leaves the line, unless it is through already. */
  readonly signal?: AbortSignal | undefined;
}

/** What became of a call. */
export interface Sent<T> {
  readonly value: T;
  /** What a 429 said, where it was one. */
  readonly throttled?: Throttled | undefined;
}

export interface Gate {
  /**
   * Waits for a turn, and then sends.
   *
   * @param send makes exactly one call, and starts it before it awaits anything
   */
  pass<T>(wanted: Wanted, send: () => Promise<Sent<T>>): Promise<Passage<T>>;
  readonly transactions: Transactions;
  /** The newest version of the ledger that this process has seen; costs no transaction. */
  readonly seen: Version | undefined;
  /** Since when, by the monotonic clock. */
  readonly seenAt: number;
  /** The latest that the store's time now can be; undefined where it is not known. */
  readonly now: number | undefined;
  /** Refuses who waits, gives back what is held, and asks for nothing more. */
  close(): Promise<void>;
}

export interface GateOptions {
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly log: Log;
  readonly limits: readonly Limit[];
  readonly timing?: Timing;
  readonly policy?: Policy;
  /** What it means that there is no ledger: that nothing was called before, or that nobody knows (the default). */
  readonly newLedger?: 'unused' | 'unknown';
  /** Calls under way at once, at most. */
  readonly concurrency: number;
  /** This process, as the ledger names it; unique. */
  readonly owner?: string;
  /** In [0, 1): spreads those who fail together. */
  readonly random?: () => number;
  /** Told of each 429, with the latest that the store's time then can be. */
  readonly onThrottled?: (throttled: Throttled, at: number) => void;
}

const leastWaitMs = 1000;
/** How long before a slot the ledger is looked at again. */
const lookAheadMs = 500;

export const createGate = (options: GateOptions): Gate => {
  const { ledger, clock, log, limits, concurrency, owner = newOwner(), random = Math.random } = options;
  const { timing = timingFor(limits), policy = usualPolicy, newLedger = 'unknown', onThrottled } = options;
  const time = createServerClock(clock);
  const store = createStore(ledger, clock, time);
  const quota = { limits, timing, policy, newLedger };
  const rounds = createRounds({ store, clock, log, time, random, quota });
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
    const caller = booking.next(slot);
    if (!caller) return purse.add(slot);
    await caller.send(slot);
  };

  const isSlotDue = () => {
    const [first] = purse.held;
    return first !== undefined && time.isTrusted() && time.now().earliest >= first.at;
  };

  const isOld = () => !rounds.seen || clock.monotonic() - rounds.seenAt > freshForMs(rounds.seen.row);

  const untilDue = async (at: number) => {
    while (time.isTrusted() && time.now().earliest < at) await clock.sleep(at - time.now().earliest);
  };

  /** Serves one caller when the slot falls due, and gives the slot back if nobody took it in time. */
  const offer = async ({ at }: HeldSlot) => {
    await untilDue(at - lookAheadMs);
    if (isOld()) void booking.look();
    await untilDue(at);
    void queue.schedule(serve).then(booking.play);
    await clock.sleep(rounds.timing.sendSlackMs + 1);
    await booking.play();
  };
  const onSlot = (slot: HeldSlot) => void offer(slot);
  const booking = createBooking({ rounds, purse, time, clock, log, random, owner, onSlot, hasRoom });

  /** What the answer teaches: a 429 stops every process, and the probe's answer opens the quota again. */
  const heard = (slot: HeldSlot, throttled: Throttled | undefined) => {
    const probe = rounds.seen?.row.block?.probe;
    if (throttled) {
      const at = time.now().latest;
      booking.learn({ kind: 'throttled', slot, at, throttled });
      log.warn('Defender refused a call (429): the quota is closed until it has answered a probe', {
        retryAfterSeconds: throttled.retryAfterSeconds,
        ...(throttled.limit ? { itsLimit: printLimits([throttled.limit]) } : {}),
        limits: printLimits(rounds.seen?.row.limits ?? limits),
      });
      onThrottled?.(throttled, at);
    } else if (probe?.owner === owner && probe.number === slot.number) {
      booking.learn({ kind: 'open', slot });
    }
  };

  return {
    pass: <T>({ waitMs, priority, signal }: Wanted, send: () => Promise<Sent<T>>) =>
      new Promise<Passage<T>>((resolve, reject) => {
        if (signal?.aborted) return resolve(hasLeft);
        const sendAndTell: Caller['send'] = (slot) =>
          send().then(({ value, throttled }) => {
            heard(slot, throttled);
            resolve({ kind: 'sent', value });
          }, reject);
        const leave = booking.join({
          waitMs: Math.max(leastWaitMs, waitMs),
          priority,
          send: sendAndTell,
          refuse: resolve,
        });
        signal?.addEventListener('abort', () => leave() && resolve(hasLeft), { once: true });
        if (isSlotDue()) void queue.schedule(serve).then(booking.play);
        else void booking.play();
      }),
    transactions: store.transactions,
    get seen() {
      return rounds.seen;
    },
    get seenAt() {
      return rounds.seenAt;
    },
    get now() {
      return time.isTrusted() ? time.now().latest : undefined;
    },
    async close() {
      booking.close();
      await booking.play();
    },
  };
};

const newOwner = () => crypto.randomUUID().slice(0, 13);
