import type { AlertStore } from '../../../../src/enrichment/alertStore.ts';
import type { Delivery } from '../../../../src/enrichment/delivery.ts';
import type { AlertRecord } from '../../../../src/enrichment/record.ts';

export const receivedAt = '2026-11-18T10:00:00.000Z';
export const due = Date.parse('2026-11-18T10:00:20.000Z');

/** An alert that waits. */
export const waitingAlert = (said: Partial<AlertRecord> = {}): AlertRecord => ({
  key: '637472900382838869_1364969609',
  alertId: 'da637472900382838869_1364969609',
  state: 'waiting',
  sources: ['plain'],
  product: 'defender',
  machineIds: [],
  receivedAt,
  sequence: 1,
  ticket: 1,
  due,
  tries: 0,
  strays: 0,
  calls: 0,
  ...said,
});

export const delivery = (said: Partial<Delivery> = {}): Delivery => ({
  key: waitingAlert().key,
  sequence: 1,
  channel: 'queue',
  ticket: 1,
  due,
  tries: 0,
  triedSince: 0,
  isGivenUp: false,
  ...said,
});

export const recorded = async (store: AlertStore, ...records: readonly AlertRecord[]): Promise<void> => {
  await store.create(records.map((record) => ({ record, original: '{}' })));
};

/** Writes the record that stands there anew. */
export const rewritten = async (
  store: AlertStore,
  said: Partial<AlertRecord>,
  ending?: Parameters<AlertStore['save']>[2],
  key = waitingAlert().key,
): Promise<void> => {
  const found = await store.read(key);
  if (!found) throw new Error(`there is no alert ${key}`);
  await store.save({ ...found.value, ...said }, found.version, ending);
};

/** Its end, with a result of this text. */
export const ended = (
  store: AlertStore,
  { result = '{"id":"1"}', deliveries = [], ...said }: Partial<AlertRecord> & Partial<Ending> = {},
) => {
  const finishedAt = '2026-11-18T10:00:05.000Z';
  return rewritten(store, { state: 'enriched', finishedAt, ...said }, { result, deliveries }, said.key);
};

type Ending = Exclude<Parameters<AlertStore['save']>[2], undefined>;
