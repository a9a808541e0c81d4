/** Gates on a ledger in memory, in a time that goes by only when a test says so. */
import { createGate, type Gate, type GateOptions, type Passage, type Sent } from '../../../src/quota/gate.ts';
import type { Ledger } from '../../../src/quota/ledger.ts';
import { parseLimits } from '../../../src/quota/limits.ts';
import { memoryLedger } from '../../../src/quota/memoryLedger.ts';
import type { PriorityClass } from '../../../src/quota/priorityClass.ts';
import { fakeClock } from '../../support/fakeClock.ts';
import { quietLog } from '../../support/quietLog.ts';

export const atOnce = { waitMs: 0, priority: 'interactive' } as const;

/** @param wrap the way of the gates to their ledger */
export const setUp = (wrap: (ledger: Ledger) => Ledger = (ledger) => ledger) => {
  const clock = fakeClock();
  const store = memoryLedger(clock);
  const ledger = wrap(store);
  /** When calls were sent, by the monotonic clock, and which. */
  const sent: number[] = [];
  const names: string[] = [];
  const gate = (limits = '20/6', more: Partial<GateOptions> = {}) =>
    createGate({
      ledger,
      clock,
      log: quietLog,
      limits: parseLimits(limits),
      newLedger: 'unused',
      concurrency: 100,
      ...more,
    });
  const send =
    (name = '', answer: () => Promise<Sent<string>> = async () => ({ value: 'answer' })) =>
    () => {
      sent.push(clock.monotonic());
      names.push(name);
      return answer();
    };
  const ask = (through: Gate, waitMs: number, priority: PriorityClass = 'interactive', sending = send()) =>
    tracked(through.pass({ waitMs, priority }, sending));
  /** Calls and slots that the ledger holds. */
  const booked = async () => {
    const { row } = (await store.read()) ?? {};
    return [...(row?.log ?? []), ...(row?.held ?? [])];
  };
  return { clock, store, sent, names, gate, send, ask, booked };
};

/** A promise whose outcome a test can look at without waiting for it. */
export const tracked = <T>(promise: Promise<Passage<T>>) => {
  const seen: { passage?: Passage<T>; fault?: unknown } = {};
  promise.then(
    (passage) => Object.assign(seen, { passage }),
    (fault) => Object.assign(seen, { fault }),
  );
  return seen;
};

/** How many of the calls were sent within one window, at most. */
export const fullest = (sent: readonly number[], seconds: number) =>
  Math.max(0, ...sent.map((from) => sent.filter((at) => at >= from && at < from + seconds * 1000).length));
