/**
 * The store of alerts in Table storage: a partition for each part of those of a tenant and application, so that each write is one transaction;
 * what is too long for a row stands in a body.
 */
import type { TableClient } from '@azure/data-tables';
import { type Clock, systemClock } from '../../clock.ts';
import type { Bodies } from '../../storage/bodies.ts';
import { keyOf, partitionKeyOf } from '../../storage/keys.ts';
import { propertiesOfText, textOfProperties } from '../../storage/propertyText.ts';
import { tableRequests } from '../../storage/tableRequests.ts';
import type { AlertStore } from '../alertStore.ts';
import { usualParts } from './alertPart.ts';
import { textIn, unstow } from './longText.ts';
import { originalKey, resultKey } from './tableAlertKeys.ts';
import { alertTable } from './tableAlerts.ts';
import { createAlerts } from './tableCreate.ts';
import { listOpen } from './tableOpenAlerts.ts';
import { tableOutbox } from './tableOutbox.ts';
import { pruneAlerts } from './tablePrune.ts';
import { readAlert, saveAlert } from './tableSave.ts';

export interface TableAlertStoreOptions {
  /** Tenant and application: whoever sees with the same eyes. */
  readonly partition: string;
  /** For originals and results that are too long for a row. */
  readonly bodies: Bodies;
  readonly clock?: Clock;
  /** How many partitions; with another number, what is stored is not found any more. */
  readonly parts?: number;
  /** Told of each request; attempts that failed count, too. */
  readonly onRequest?: () => void;
}

/** @param table gives the client; asked for at the first use, so that the SDK is loaded only then */
export const tableAlertStore = (
  table: () => Promise<TableClient>,
  { partition, bodies, clock = systemClock, parts = usualParts, onRequest }: TableAlertStoreOptions,
): AlertStore => {
  const requests = tableRequests(table, { clock, ...(onRequest && { onRequest }) });
  const alerts = alertTable(requests, bodies, partition, parts);
  const { at, partitionOf } = alerts;
  const notes = partitionKeyOf(partition, 'notes');
  return {
    parts,
    create: (created) => createAlerts(alerts, created),
    read: (key) => readAlert(alerts, key),
    save: (record, version, ending) => saveAlert(alerts, record, version, ending),
    async original(key) {
      const found = await at(partitionOf(key), originalKey(key));
      if (!found) throw new Error(`What alert ${key} came as is gone`);
      return unstow(bodies, found);
    },
    async result(key, sequence) {
      const found = await at(partitionOf(key), resultKey(key, sequence));
      return found && textIn(bodies, found);
    },
    list: (state, options) => listOpen(alerts, state, options),
    ...tableOutbox(alerts),
    async note(name) {
      const found = await at(notes, keyOf(name));
      return found && textOfProperties(found);
    },
    async keepNote(name, text) {
      const entity = { partitionKey: notes, rowKey: keyOf(name), ...propertiesOfText(text) };
      await requests.again((client, within) => client.upsertEntity(entity, 'Replace', within));
    },
    prune: (part, before) => pruneAlerts(alerts, part, before),
  };
};
