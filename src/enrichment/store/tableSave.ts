/** A record on its version, in one transaction with all that goes with it: where it ends, its result and what is to be delivered. */
import { Overtaken } from '../../storage/overtaken.ts';
import type { Ending, Versioned } from '../alertStore.ts';
import type { AlertRecord } from '../record.ts';
import { propertiesOfMarker, propertiesOfRecord, recordOf } from './alertRows.ts';
import { bodyOf, discard, stow } from './longText.ts';
import type { Properties } from './properties.ts';
import { bodyPlace, markerKey, recordKey, resultKey } from './tableAlertKeys.ts';
import { type AlertTable, put } from './tableAlerts.ts';
import { type MarkedRow, versionOf, writeMarked } from './tableMarkedRow.ts';
import { newDelivery } from './tableOutbox.ts';

export const readAlert = async (table: AlertTable, key: string): Promise<Versioned<AlertRecord> | undefined> => {
  const found = await table.at(table.partitionOf(key), recordKey(key));
  const value = found && recordOf(found);
  return value && { value, version: versionOf(found.etag, markerKey(value)) };
};

/** @throws Overtaken where somebody else wrote it, or it is gone */
export const saveAlert = async (
  table: AlertTable,
  record: AlertRecord,
  version: string,
  ending?: Ending,
): Promise<string> => {
  const { key, sequence } = record;
  const partitionKey = table.partitionOf(key);
  const row = markedRow(partitionKey, record);
  if (!ending) return writeMarked(table, row, version);
  const result = await stow(table.bodies, bodyPlace(partitionKey, key, `result-${sequence}`), ending.result);
  const deliveries = ending.deliveries.flatMap((delivery) => newDelivery(partitionKey, delivery));
  const more = [put(partitionKey, resultKey(key, sequence), result), ...deliveries];
  try {
    return await writeMarked(table, row, version, more);
  } catch (fault) {
    if (fault instanceof Overtaken) await discardUnlessNamed(table, record, result);
    throw fault;
  }
};

const markedRow = (partitionKey: string, record: AlertRecord): MarkedRow => ({
  what: `Alert ${record.alertId}`,
  partitionKey,
  rowKey: recordKey(record.key),
  properties: propertiesOfRecord(record),
  marker: { rowKey: markerKey(record), properties: propertiesOfMarker(record) },
});

/** Somebody may have written after this write, whose answer was lost: then the result is one of the alert's. */
const discardUnlessNamed = async (
  { bodies, at, partitionOf }: AlertTable,
  { key, sequence }: AlertRecord,
  result: Properties,
): Promise<void> => {
  if (bodyOf(result) === undefined) return;
  const row = await at(partitionOf(key), resultKey(key, sequence), ['body']).catch(() => result);
  if (row?.body !== result.body) await discard(bodies, result);
};
