/** The store of alerts in memory, for tests. What is kept is text: nobody who wrote or read it can change it. */

import { type MemoryWrites, writing } from '../../storage/memoryWrites.ts';
import { Overtaken } from '../../storage/overtaken.ts';
import type { AlertStore } from '../alertStore.ts';
import type { Delivery } from '../delivery.ts';
import { type AlertRecord, isFinal } from '../record.ts';
import { partOf, usualParts } from './alertPart.ts';
import { instantKey } from './instantKey.ts';
import { memoryOutbox } from './memoryOutbox.ts';
import { dueFirst } from './openOrder.ts';

export interface MemoryAlertStore extends AlertStore {
  /** All records, in the order they were made. */
  records(): readonly AlertRecord[];
  /** All that is still to be delivered, or was given up. */
  outbox(): readonly Delivery[];
}

interface Kept {
  readonly text: string;
  readonly version: string;
  readonly original: string;
  readonly results: ReadonlyMap<number, string>;
}

/** @param writes called with the name of each call that writes */
export const memoryAlertStore = (writes: MemoryWrites = {}, parts = usualParts): MemoryAlertStore => {
  const alerts = new Map<string, Kept>();
  const notes = new Map<string, string>();
  const outbox = memoryOutbox(writes);
  let versions = 0;

  const nextVersion = (): string => {
    versions += 1;
    return `${versions}`;
  };

  const create: AlertStore['create'] = async (created) =>
    writing(writes, 'create', () =>
      created.map(({ record, original }) => {
        if (alerts.has(record.key)) return 'known';
        alerts.set(record.key, { text: textOf(record), version: nextVersion(), original, results: new Map() });
        return 'created';
      }),
    );

  const save: AlertStore['save'] = async (record, version, ending) =>
    writing(writes, 'save', () => {
      const kept = alerts.get(record.key);
      if (kept?.version !== version) throw new Overtaken(`Alert ${record.alertId} was written by somebody else`);
      const results = new Map(kept.results);
      if (ending) results.set(record.sequence, ending.result);
      for (const delivery of ending?.deliveries ?? []) outbox.add(delivery);
      const next = nextVersion();
      alerts.set(record.key, { ...kept, text: textOf(record), version: next, results });
      return next;
    });

  const isOver = ({ key, finishedAt, ...record }: AlertRecord, before: number): boolean =>
    isFinal(record) && endedAt({ finishedAt }) < before && outbox.of(key).every(({ isGivenUp }) => isGivenUp);

  const records = (): readonly AlertRecord[] => [...alerts.values()].map(recordOf);

  return {
    parts,
    records,
    outbox: outbox.all,
    create,
    save,
    async read(key) {
      const kept = alerts.get(key);
      return kept && { value: recordOf(kept), version: kept.version };
    },
    async original(key) {
      const kept = alerts.get(key);
      if (!kept) throw new Error(`What alert ${key} came as is gone`);
      return kept.original;
    },
    async result(key, sequence) {
      return alerts.get(key)?.results.get(sequence);
    },
    async list(state, { after = '', ...options }) {
      const since = (record: AlertRecord): number => (state === 'waiting' ? record.due : endedAt(record));
      const placeOf = (record: AlertRecord): string => `${instantKey(since(record))} ${record.key}`;
      const open = records().filter((record) => record.state === state && placeOf(record) > after);
      return dueFirst(open, options, since).map((record) => {
        const { key, alertId, ticket, due } = record;
        return { place: placeOf(record), key, alertId, ticket, due };
      });
    },
    delivery: async (id) => outbox.read(id),
    saveDelivery: async (delivery, version) => outbox.save(delivery, version),
    removeDelivery: async (id) => outbox.remove(id),
    deliveriesOf: async (key) => outbox.of(key),
    async deliveries(options) {
      return dueFirst(
        outbox.all().filter(({ isGivenUp }) => !isGivenUp),
        options,
      );
    },
    async note(name) {
      return notes.get(name);
    },
    async keepNote(name, text) {
      writing(writes, 'note', () => notes.set(name, text));
    },
    async prune(part, before) {
      const over = records().filter((record) => partOf(record.key, parts) === part && isOver(record, before));
      writing(writes, 'prune', () => {
        for (const { key } of over) {
          alerts.delete(key);
          outbox.forget(key);
        }
      });
      return over.length;
    },
  };
};

/** Milliseconds since 1970; what does not say when it ended never ends. */
const endedAt = ({ finishedAt = '' }: Pick<AlertRecord, 'finishedAt'>): number => {
  const instant = Date.parse(finishedAt);
  return Number.isNaN(instant) ? Number.MAX_SAFE_INTEGER : instant;
};

const textOf = (record: AlertRecord): string => JSON.stringify(record);

const recordOf = ({ text }: Pick<Kept, 'text'>): AlertRecord => JSON.parse(text) as AlertRecord;
