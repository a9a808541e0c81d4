/**
 * Operations as they run in many processes: a store, a queue whose messages come back when nobody removed them, and processes that meet faults and
 * die between any two steps. Time goes from one event to the next.
 */
import type { Clock } from '../../../src/clock.ts';
import { createLooking } from '../../../src/operations/looking.ts';
import { readRunMessage } from '../../../src/operations/messages.ts';
import type { Operation, ParkedCaller, ParkedRequest } from '../../../src/operations/operation.ts';
import type { OperationStore } from '../../../src/operations/operationStore.ts';
import { createParking } from '../../../src/operations/parking.ts';
import { createRunning } from '../../../src/operations/running/createRunning.ts';
import { createEnding } from '../../../src/operations/running/ending.ts';
import type { Tried } from '../../../src/operations/running/reply.ts';
import { memoryOperationStore } from '../../../src/operations/store/memoryOperationStore.ts';
import { createStrays } from '../../../src/operations/sweeping/createStrays.ts';
import { createOperationSweeping } from '../../../src/operations/sweeping/operationSweeping.ts';
import { sweepExpired } from '../../../src/operations/sweeping/sweepExpired.ts';
import { sweepOverdue } from '../../../src/operations/sweeping/sweepOverdue.ts';
import type { Bodies } from '../../../src/storage/bodies.ts';
import { drained } from '../../../src/storage/drained.ts';
import { memoryBodies } from '../../../src/storage/memoryBodies.ts';
import { leasedQueue } from '../../enrichment/support/leasedQueue.ts';
import { quietLog } from '../../support/quietLog.ts';
import { hour, minute, waiting } from './operations.ts';

/** What happens at a step: nothing, a fault before it or after it was done, the end of the process before or after. */
export type Mishap = 'none' | 'faultBefore' | 'faultAfter' | 'deathBefore' | 'deathAfter';

export interface OperationWorldOptions {
  /** What comes of asking, at the n-th time; it may throw. */
  readonly ask: (operation: Operation, asked: number, waitSeconds: number) => Tried;
  /** For each step that somebody takes on a port, counted from 0. */
  readonly mishapAt?: (step: number, verb: string) => Mishap;
  readonly isSwept?: boolean;
}

export const mostMs = hour;
export const retentionMs = 24 * hour;
const leaseMs = 10 * minute;
const overdueMs = 5 * minute;

export const createOperationWorld = ({ ask, mishapAt = () => 'none', isSwept = true }: OperationWorldOptions) => {
  let now = 1_795_000_000_000;
  let step = 0;
  let asked = 0;
  const sleep = async (milliseconds: number) => {
    now += milliseconds;
  };
  const clock: Clock = { wall: () => now, monotonic: () => now, sleep };
  const store = memoryOperationStore();
  /** Ids of those that were written after they had ended. */
  const rewritten: string[] = [];
  const watched: OperationStore = {
    ...store,
    list: (...asked) => store.list(...asked),
    async save(operation, version) {
      const before = (await store.read(operation.id))?.value.state;
      const written = await store.save(operation, version);
      if (before !== 'waiting') rewritten.push(operation.id);
      return written;
    },
  };
  const bodies = memoryBodies();
  const toRun = leasedQueue(clock);
  const asking = {
    async ask(operation: Operation, waitSeconds: number) {
      asked += 1;
      return ask(operation, asked - 1, waitSeconds);
    },
  };

  /** One process: after its death nothing that it does takes place. */
  const newProcess = () => {
    let isDead = false;
    const mortal = <T extends object>(port: T): T =>
      new Proxy(port, {
        get: (target, name) => {
          const verb: unknown = Reflect.get(target, name);
          if (typeof verb !== 'function') return verb;
          return async (...given: unknown[]) => {
            if (isDead) throw new Error('the process is dead');
            const mishap = mishapAt(step, String(name));
            step += 1;
            isDead ||= mishap === 'deathBefore';
            if (mishap === 'deathBefore' || mishap === 'faultBefore') throw new Error(mishap);
            const done: unknown = await verb.apply(target, given);
            isDead ||= mishap === 'deathAfter';
            if (mishap === 'deathAfter' || mishap === 'faultAfter') throw new Error(mishap);
            return done;
          };
        },
      });
    return { services: servicesOn(mortal), isDead: () => isDead };
  };

  const servicesOn = (mortal: <T extends object>(port: T) => T) => {
    const mine = mortal(watched);
    const queue = mortal(toRun.queue);
    const blobs = mortal(bodies as Bodies);
    const poison = mortal(toRun.poison);
    const random = () => 0.5;
    const common = { store: mine, bodies: blobs, queue, retentionMs, clock, log: quietLog, random };
    const end = createEnding(common);
    const strays = createStrays({ ...common, end });
    return {
      parking: createParking({ ...common, mostMs }),
      looking: createLooking(common),
      running: createRunning({ ...common, ask: mortal(asking).ask }),
      sweeping: createOperationSweeping({
        tasks: {
          overdue: (isOver) => sweepOverdue({ ...common, end, overdueMs, isOver }),
          astray: (isOver) =>
            drained({ poison, isOver }, async (text) => {
              await strays.goOn(text);
              return 'done';
            }),
          expired: (isOver) => sweepExpired({ ...common, isOver }),
        },
        clock,
        log: quietLog,
      }),
    };
  };

  /** What the host does with messages: removed where the function succeeded, there again at once where it failed, later where the process died. */
  const work = async () => {
    const worker = newProcess();
    await Promise.all(
      toRun.take(3, leaseMs).map(async (message) => {
        const hasSucceeded = await worker.services.running.run(readRunMessage(JSON.parse(message.text))).then(
          () => true,
          () => false,
        );
        if (worker.isDead()) return;
        if (hasSucceeded) message.remove();
        else message.giveBack();
      }),
    );
  };

  const sweep = () =>
    newProcess()
      .services.sweeping.sweep()
      .catch(() => undefined);

  return {
    store,
    rewritten,
    bodies,
    toRun,
    newProcess,
    work,
    sweep,
    now: () => now,
    asked: () => asked,
    pass(milliseconds: number) {
      now += milliseconds;
    },
    /** As a caller does. @returns the operation where it was accepted */
    park: (
      owner = 'a',
      request: Partial<ParkedRequest> = {},
      afterSeconds?: number,
    ): Promise<Operation | undefined> => {
      const asks = { ...waiting(1).request, ...request };
      const caller: ParkedCaller = { ...waiting(1).caller, owner };
      return newProcess()
        .services.parking.park(asks, caller, afterSeconds)
        .then(
          (parked) => (parked.kind === 'parked' ? parked.operation : undefined),
          () => undefined,
        );
    },
    look: (id: string, owner = 'a', waitMs = 0) => newProcess().services.looking.look(id, owner, waitMs),
    /** Until nothing waits any more. @returns minutes that it took; undefined where it came to no end */
    async untilRest(mostMinutes = 600): Promise<number | undefined> {
      for (let at = 0; at < mostMinutes; at += 1) {
        if (store.operations().every(({ state }) => state !== 'waiting')) return at;
        for (let second = 0; second < 60; second += 20) {
          await work();
          now += 20_000;
        }
        if (isSwept && at % 2 === 1) await sweep();
      }
      return undefined;
    },
  };
};

const encoder = new TextEncoder();

export const answered = (status: number, body = '{}', headers: Readonly<Record<string, string>> = {}): Tried => ({
  kind: 'answered',
  reply: { status, headers, body: encoder.encode(body) },
});
