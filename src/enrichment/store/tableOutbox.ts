/** Deliveries as rows: each beside the others of its alert, with a marker as long as it is not given up. */
import type { TransactionAction } from '@azure/data-tables';
import { quoted } from '../../storage/keys.ts';
import { removeRows } from '../../storage/tableRemoval.ts';
import type { AlertStore } from '../alertStore.ts';
import type { Delivery } from '../delivery.ts';
import { deliveryOf, propertiesOfDelivery } from './alertRows.ts';
import { instantKey } from './instantKey.ts';
import { dueFirst, inSequence } from './openOrder.ts';
import { deliveryKey, nameOf, rowsOf, undeliveredKey } from './tableAlertKeys.ts';
import { type AlertTable, put } from './tableAlerts.ts';
import { type MarkedRow, versionOf, writeMarked } from './tableMarkedRow.ts';

export type Outbox = Pick<AlertStore, 'delivery' | 'saveDelivery' | 'removeDelivery' | 'deliveriesOf' | 'deliveries'>;

export const tableOutbox = (table: AlertTable): Outbox => {
  const { requests, partitionOf } = table;
  return {
    async delivery(id) {
      const found = await table.at(partitionOf(id.key), deliveryKey(id));
      const value = found && deliveryOf(found);
      return value && { value, version: versionOf(found.etag, value.isGivenUp ? undefined : undeliveredKey(id)) };
    },
    saveDelivery: (delivery, version) => writeMarked(table, markedRow(partitionOf(delivery.key), delivery), version),
    removeDelivery: (id) => removeRows(requests, partitionOf(id.key), [deliveryKey(id), undeliveredKey(id)]),
    async deliveriesOf(key) {
      const found = await requests.query(rowsOf(partitionOf(key), 'delivery', nameOf(key)));
      return inSequence(found.map(deliveryOf));
    },
    async deliveries(options) {
      const { dueBefore, top } = options;
      if (top < 1) return [];
      const due = dueBefore === undefined ? '' : ` and due lt ${quoted(instantKey(Math.ceil(dueBefore)))}`;
      const filterIn = (partition: string) => `${rowsOf(partition, 'undelivered')}${due}`;
      const found = await table.inParts((partition) => requests.query(filterIn(partition), { top }));
      return dueFirst(found.map(deliveryOf), options);
    },
  };
};

/** What a transaction writes for one that was not there. */
export const newDelivery = (partitionKey: string, delivery: Delivery): readonly TransactionAction[] => {
  const { rowKey, properties, marker } = markedRow(partitionKey, delivery);
  const rows = [{ rowKey, properties }, ...(marker ? [marker] : [])];
  return rows.map((row) => put(partitionKey, row.rowKey, row.properties));
};

const markedRow = (partitionKey: string, delivery: Delivery): MarkedRow => {
  const properties = propertiesOfDelivery(delivery);
  const marker = { rowKey: undeliveredKey(delivery), properties: { ...properties, due: instantKey(delivery.due) } };
  return {
    what: `The delivery of alert ${delivery.key} by ${delivery.channel}`,
    partitionKey,
    rowKey: deliveryKey(delivery),
    properties,
    marker: delivery.isGivenUp ? undefined : marker,
  };
};
