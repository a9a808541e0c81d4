/** The part of the composition root that puts together what parks questions, runs them, and shows what came of them. */
import type { Clock } from './clock.ts';
import { createAskFunction } from './functions/operations/askFunction.ts';
import type { OperationServices } from './functions/operations/operationServices.ts';
import type { HttpFunction } from './functions/services.ts';
import type { Log } from './log.ts';
import { createLooking } from './operations/looking.ts';
import { readRunMessage } from './operations/messages.ts';
import { createParking } from './operations/parking.ts';
import { createRunning } from './operations/running/createRunning.ts';
import { createEnding } from './operations/running/ending.ts';
import { tableOperationStore } from './operations/store/tableOperationStore.ts';
import { createStrays } from './operations/sweeping/createStrays.ts';
import { createOperationSweeping, type OperationSweeping } from './operations/sweeping/operationSweeping.ts';
import { sweepExpired } from './operations/sweeping/sweepExpired.ts';
import { sweepOverdue } from './operations/sweeping/sweepOverdue.ts';
import type { Settings } from './settings.ts';
import { blobBodies } from './storage/blobBodies.ts';
import { drained } from './storage/drained.ts';
import { patience } from './storage/patience.ts';
import { alertQueueAccount } from './storage/queueAccount.ts';
import { storageQueue } from './storage/storageQueue.ts';
import { storageQueueReader } from './storage/storageQueueReader.ts';
import { tableClient } from './storage/tableClient.ts';
import { toldPoison } from './storage/toldPoison.ts';
import { tracedQueue } from './storage/tracedQueue.ts';
import { tracing } from './tracing.ts';

export interface OperationParts {
  readonly operations: OperationServices;
  /** @param functions of which what was parked is asked: those that answer, and do not park */
  runnerOf(functions: readonly HttpFunction[]): OperationRunner;
  readonly sweeping: OperationSweeping;
}

/** @param message of the queue `operations-to-run` @throws where it is to come again */
export type OperationRunner = (message: unknown) => Promise<void>;

export interface OperationContext {
  /** Tenant and application. */
  readonly partition: string;
  readonly clock: Clock;
  readonly log: Log;
}

const queueName = 'operations-to-run';
/** Longer than a try takes: 200 s of waiting, a minute of grace, and what storage takes. */
const overdueMs = 300_000;

export const createOperationServices = (
  settings: Settings,
  { partition, clock, log }: OperationContext,
): OperationParts => {
  // The account where the queue's trigger looks for it; plain text (`messageEncoding` in host.json).
  const account = alertQueueAccount(settings);
  const queue = tracedQueue(storageQueue(account, queueName, { encoding: 'plain' }), tracing.current);
  const poison = toldPoison(`${queueName}-poison`, storageQueueReader(account, `${queueName}-poison`), log);
  const waiting = storageQueueReader(account, queueName);
  const bodies = blobBodies(settings, 'operations');
  const store = tableOperationStore(tableClient(settings, 'operations'), { partition, clock });
  const retentionMs = settings.OPERATION_RETENTION_HOURS * 3_600_000;
  const mostMs = settings.OPERATION_MOST_MINUTES * 60_000;
  const end = createEnding({ store, bodies, retentionMs, clock });
  const strays = createStrays({ store, queue, end, clock, log });
  const goOn = async (text: string) => {
    await strays.goOn(text);
    return 'done' as const;
  };
  return {
    operations: {
      parking: createParking({ store, queue, mostMs, clock, log }),
      looking: createLooking({ store, bodies, retentionMs, clock }),
    },
    runnerOf(functions) {
      const ask = createAskFunction(functions, { clock, log });
      const running = createRunning({ store, bodies, queue, ask, retentionMs, clock, log, random: Math.random });
      return (message) => running.run(readRunMessage(message));
    },
    sweeping: createOperationSweeping({
      tasks: {
        overdue: async (isOver) => {
          const patientMs = patience(overdueMs, await waiting.length());
          return sweepOverdue({ store, queue, end, overdueMs: patientMs, clock, isOver });
        },
        astray: (isOver) => drained({ poison, isOver }, goOn),
        expired: (isOver) => sweepExpired({ store, bodies, clock, isOver }),
      },
      clock,
      log,
    }),
  };
};
