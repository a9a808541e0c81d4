/** One alert that waits, with all that enriches it: a store, a queue and a clock in memory, and a source that a test gives. */

import { alertKeyOf } from '../../../../src/enrichment/alertId.ts';
import type { AlertStore } from '../../../../src/enrichment/alertStore.ts';
import { createEnding } from '../../../../src/enrichment/ending.ts';
import { createEnriching } from '../../../../src/enrichment/enriching/createEnriching.ts';
import { createSpellings } from '../../../../src/enrichment/enriching/spellings.ts';
import type { AlertEvent } from '../../../../src/enrichment/event.ts';
import type { MachineAnswer, MachineSource } from '../../../../src/enrichment/machineSource.ts';
import { readAlertEvent } from '../../../../src/enrichment/out/alertEvent.ts';
import type { AlertRecord } from '../../../../src/enrichment/record.ts';
import { memoryAlertStore } from '../../../../src/enrichment/store/memoryAlertStore.ts';
import { memoryQueue } from '../../../../src/storage/memoryQueue.ts';
import type { Queue } from '../../../../src/storage/queue.ts';
import { fakeClock } from '../../../support/fakeClock.ts';
import { recordedLog } from '../../../support/recordedLog.ts';
import { alertIdAt, machineIdAt } from '../../support/references.ts';

export const alertId = alertIdAt(1);
export const key = alertKeyOf(alertId);

export const found: MachineAnswer = {
  kind: 'found',
  machine: { id: machineIdAt(1).toUpperCase(), computerDnsName: 'srv01' },
  ageSeconds: 0,
  from: 'defender',
  calls: 1,
};
export const absent: MachineAnswer = { kind: 'absent', calls: 1 };
export const unavailable: MachineAnswer = { kind: 'unavailable', reason: 'Defender answered 503', calls: 1 };
export const throttled = (retryAfterSeconds: number): MachineAnswer => ({
  kind: 'throttled',
  retryAfterSeconds,
  reason: 'spent',
  calls: 0,
});

export const recordOf = (more: Partial<AlertRecord> = {}): AlertRecord => ({
  key,
  alertId,
  state: 'waiting',
  sources: ['plain'],
  product: 'defender',
  machineIds: [],
  receivedAt: '2026-11-18T10:00:00.000Z',
  raisedAt: '2021-01-26T20:33:00.000Z',
  sequence: 1,
  ticket: 3,
  due: 5,
  tries: 0,
  strays: 0,
  calls: 4,
  ...more,
});

export interface EnrichableOptions {
  readonly record?: Partial<AlertRecord>;
  /** The answers in the order of the questions; the last one for all that follow. */
  readonly answers?: readonly MachineAnswer[];
  /** In place of `answers`. */
  readonly source?: MachineSource;
  /** What the alert's store does otherwise than one that is well. */
  readonly store?: Partial<AlertStore>;
  readonly queue?: Queue;
}

export const enrichable = async ({
  record,
  answers = [found],
  store: faulty = {},
  ...given
}: EnrichableOptions = {}) => {
  const [clock, log, store, sent] = [fakeClock(), recordedLog(), memoryAlertStore(), memoryQueue()];
  await store.create([{ record: recordOf(record), original: JSON.stringify({ alertId, title: 'An alert' }) }]);
  const asked: string[] = [];
  const answer = async (id: string) => {
    asked.push(id);
    return answers[Math.min(asked.length, answers.length) - 1] ?? absent;
  };
  const delivered: unknown[] = [];
  const parts = { store: { ...store, ...faulty }, clock };
  const end = createEnding({
    ...parts,
    delivering: { sendAll: async (rows) => void delivered.push(...rows) },
    channels: ['queue', 'webhook'],
    source: '/gateway',
    linkOf: (id) => `/gateway/alerts/${id}`,
  });
  const enriching = createEnriching({
    ...parts,
    end,
    queue: given.queue ?? sent,
    source: given.source ?? { byId: answer, ofAlert: answer },
    spellings: createSpellings(parts.store),
    rules: { retryMs: 15_000, mostTries: 12, unknownAfterMs: 1_800_000 },
    log,
    random: () => 0.5,
  });
  return {
    clock,
    store,
    log,
    end,
    asked,
    delivered,
    messages: sent.messages,
    /** Seconds from now. */
    later: (seconds: number) => clock.wall() + seconds * 1000,
    enrich: (ticket = 3) => enriching.enrich({ alerts: [{ key, ticket }] }),
    enriching,
    record: () => store.records()[0],
    async event(sequence = 1): Promise<AlertEvent | undefined> {
      return readAlertEvent((await store.result(key, sequence)) ?? '""');
    },
  };
};

/** A message for one alert, as it stands in the queue. */
export const messageOf = (ticket: number, delaySeconds: number, ofKey = key) => ({
  text: JSON.stringify({ alerts: [{ key: ofKey, ticket }] }),
  delaySeconds,
});
