/**
 * The enrichment as it runs in many processes: a store, queues whose messages come back when nobody removed them, and processes that meet
 * faults and die between any two steps. Time goes from one event to the next.
 */
import type { Clock } from '../../../src/clock.ts';
import { createIntake } from '../../../src/enrichment/accepting/createIntake.ts';
import type { AlertStore } from '../../../src/enrichment/alertStore.ts';
import { createReplay } from '../../../src/enrichment/createReplay.ts';
import { createEnding } from '../../../src/enrichment/ending.ts';
import { createEnriching } from '../../../src/enrichment/enriching/createEnriching.ts';
import { createSpellings } from '../../../src/enrichment/enriching/spellings.ts';
import type { MachineSource } from '../../../src/enrichment/machineSource.ts';
import { readDeliverMessage, readEnrichMessage } from '../../../src/enrichment/messages.ts';
import { createDelivering } from '../../../src/enrichment/out/delivering.ts';
import { memoryChannel } from '../../../src/enrichment/out/memoryChannel.ts';
import { sweepGivenUpMessages } from '../../../src/enrichment/out/sweepGivenUpMessages.ts';
import { memoryAlertStore } from '../../../src/enrichment/store/memoryAlertStore.ts';
import { createSweeping } from '../../../src/enrichment/sweeping/createSweeping.ts';
import { sweepOverdue } from '../../../src/enrichment/sweeping/sweepOverdue.ts';
import { sweepPoison } from '../../../src/enrichment/sweeping/sweepPoison.ts';
import { quietLog } from '../../support/quietLog.ts';
import { type LeasedQueue, leasedQueue } from './leasedQueue.ts';

/** What happens at a step: nothing, a fault before it or after it was done, the end of the process before or after. */
export type Mishap = 'none' | 'faultBefore' | 'faultAfter' | 'deathBefore' | 'deathAfter';

export interface WorldOptions {
  readonly source: MachineSource;
  /** For each step that somebody takes on a port, counted from 0. */
  readonly mishapAt?: (step: number, verb: string) => Mishap;
  readonly mostTries?: number;
  /** Whether the timer sweeps once a minute; otherwise nothing is repaired that enriching does not repair itself. */
  readonly isSwept?: boolean;
}

export const leaseMs = 600_000;
const minuteMs = 60_000;
const sweepAfterMs = 900_000;

export const createWorld = ({ source, mishapAt = () => 'none', mostTries = 12, isSwept = true }: WorldOptions) => {
  let now = 1_795_000_000_000;
  let step = 0;
  const clock: Clock = { wall: () => now, monotonic: () => now, sleep: async () => undefined };
  const store = memoryAlertStore();
  const toEnrich = leasedQueue(clock);
  const toDeliver = leasedQueue(clock);
  const channel = memoryChannel('queue');

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
    const ports = { store: mortal(store as AlertStore), queue: mortal(toEnrich.queue) };
    const random = () => 0.5;
    const delivering = createDelivering({
      store: ports.store,
      channels: [mortal(channel)],
      queue: mortal(toDeliver.queue),
      clock,
      log: quietLog,
      random,
    });
    const linkOf = (id: string) => `/gateway/alerts/${id}`;
    const end = createEnding({ ...ports, delivering, channels: ['queue'], source: '/gateway', linkOf, clock });
    const rules = { retryMs: 15_000, mostTries, unknownAfterMs: 30 * minuteMs };
    const [enrichPoison, deliverPoison] = [mortal(toEnrich.poison), mortal(toDeliver.poison)];
    return {
      intake: createIntake({ ...ports, clock }),
      replay: createReplay({ ...ports, clock }),
      delivering,
      enriching: createEnriching({
        ...ports,
        end,
        source: mortal(source),
        spellings: createSpellings(ports.store),
        rules,
        clock,
        log: quietLog,
        random,
      }),
      sweeping: createSweeping({
        store: ports.store,
        tasks: {
          astray: () => sweepPoison({ ...ports, poison: enrichPoison, end, clock, log: quietLog }),
          overdue: () => sweepOverdue({ ...ports, overdueMs: sweepAfterMs, clock }),
          deliveriesAstray: () => sweepGivenUpMessages({ poison: deliverPoison, delivering, log: quietLog }),
          deliveriesOverdue: () => delivering.sweep({ overdueMs: sweepAfterMs, top: 100 }),
        },
        retentionMs: Number.MAX_SAFE_INTEGER / 2,
        clock,
        log: quietLog,
      }),
    };
  };

  type Services = ReturnType<typeof servicesOn>;

  /** What the host does with messages: removed where the function succeeded, there again at once where it failed, later where the process died. */
  const work = async (from: LeasedQueue, use: (services: Services, text: string) => Promise<void>) => {
    const messages = from.take(3, leaseMs);
    const worker = newProcess();
    await Promise.all(
      messages.map(async (message) => {
        const hasSucceeded = await use(worker.services, message.text).then(
          () => true,
          () => false,
        );
        if (worker.isDead()) return;
        if (hasSucceeded) message.remove();
        else message.giveBack();
      }),
    );
  };

  const tick = async () => {
    await work(toEnrich, ({ enriching }, text) => enriching.enrich(readEnrichMessage(JSON.parse(text))));
    await work(toDeliver, ({ delivering }, text) => delivering.deliver(readDeliverMessage(JSON.parse(text))));
  };

  /** A delivery whose message was not sent is the sweep's. */
  const isAtRest = () =>
    store.records().every(({ state }) => state !== 'waiting') &&
    (!isSwept || store.outbox().every(({ isGivenUp }) => isGivenUp));

  return {
    store,
    channel,
    toEnrich,
    newProcess,
    now: () => now,
    /** As a sender does that has no answer: once more. */
    async insistently<T>(use: (services: Services) => Promise<T>): Promise<T> {
      for (;;) {
        try {
          return await use(newProcess().services);
        } catch {
          now += 1000;
        }
      }
    },
    /** Until nothing is open any more. @returns minutes that it took; undefined where it came to no end */
    async untilRest(mostMinutes = 1500): Promise<number | undefined> {
      for (let minute = 0; minute < mostMinutes; minute += 1) {
        if (isAtRest()) return minute;
        for (let second = 0; second < 60; second += 20) {
          await tick();
          now += 20_000;
        }
        if (!isSwept) continue;
        await newProcess()
          .services.sweeping.sweep()
          .catch(() => undefined);
      }
      return undefined;
    },
  };
};
