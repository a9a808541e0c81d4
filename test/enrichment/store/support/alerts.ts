/** Alerts, results and deliveries for the store's contract. */
import { alertKeyOf } from '../../../../src/enrichment/alertId.ts';
import type { Ending, NewAlert } from '../../../../src/enrichment/alertStore.ts';
import type { ChannelName, Delivery } from '../../../../src/enrichment/delivery.ts';
import type { AlertRecord } from '../../../../src/enrichment/record.ts';

export const received = '2026-11-21T10:00:00.000Z';

export const waiting = (alertId: string, more: Partial<AlertRecord> = {}): AlertRecord => ({
  key: alertKeyOf(alertId),
  alertId,
  state: 'waiting',
  sources: ['plain'],
  product: 'defender',
  machineIds: [],
  receivedAt: received,
  sequence: 1,
  ticket: 1,
  due: 1000,
  tries: 0,
  strays: 0,
  calls: 0,
  ...more,
});

export const newAlert = (alertId: string, more: Partial<AlertRecord> = {}, original?: string): NewAlert => ({
  record: waiting(alertId, more),
  original: original ?? JSON.stringify({ alertId }),
});

export const ended = (record: AlertRecord, more: Partial<AlertRecord> = {}): AlertRecord => ({
  ...record,
  state: 'enriched',
  finishedAt: '2026-11-21T10:00:05.000Z',
  ...more,
});

export const delivery = (
  { key, sequence }: Pick<AlertRecord, 'key' | 'sequence'>,
  channel: ChannelName = 'queue',
  more: Partial<Delivery> = {},
): Delivery => ({ key, sequence, channel, ticket: 1, due: 2000, tries: 0, triedSince: 0, isGivenUp: false, ...more });

export const ending = (record: AlertRecord, ...channels: readonly ChannelName[]): Ending => ({
  result: JSON.stringify({ result: record.sequence }),
  deliveries: channels.map((channel) => delivery(record, channel)),
});
