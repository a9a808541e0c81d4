/**
 * Alerts that ended long ago, removed: all rows of one in a transaction with its marker, which is another once the alert begins anew, so
 * that the service refuses. Bodies go after the rows: whoever is killed in between leaves bodies that no row names.
 */
import type { TransactionAction } from '@azure/data-tables';
import type { Found } from '../../storage/tableRequests.ts';
import { statusOf } from '../../storage/tableService.ts';
import { openAlertOf } from './alertRows.ts';
import { discard } from './longText.ts';
import { mapAtMost } from './mapAtMost.ts';
import { nameOf, originalKey, recordKey, rowsBefore, rowsOf } from './tableAlertKeys.ts';
import { type AlertTable, mostAtOnce, mostInTransaction, removed } from './tableAlerts.ts';

/** @returns how many */
export const pruneAlerts = async (table: AlertTable, part: number, before: number): Promise<number> => {
  const partitionKey = table.partition(part);
  const markers = await Promise.all(
    (['ended', 'failed'] as const).map((kind) =>
      table.requests.query(rowsBefore(partitionKey, kind, Math.ceil(before))),
    ),
  );
  const pruned = await mapAtMost(mostAtOnce, markers.flat(), (marker) => pruneAlert(table, partitionKey, marker));
  return pruned.filter((isPruned) => isPruned).length;
};

/** @returns false where something is still to be delivered, or it began anew meanwhile */
const pruneAlert = async (table: AlertTable, partitionKey: string, marker: Found): Promise<boolean> => {
  const { key } = openAlertOf(marker);
  const rowsOfKind = (kind: 'undelivered' | 'delivery' | 'result', select = ['RowKey']) =>
    table.requests.query(rowsOf(partitionKey, kind, nameOf(key)), { select });
  const [undelivered, givenUp, results, original] = await Promise.all([
    rowsOfKind('undelivered'),
    rowsOfKind('delivery'),
    rowsOfKind('result', ['RowKey', 'body']),
    table.at(partitionKey, originalKey(key), ['RowKey', 'body']),
  ]);
  if (undelivered.length > 0 || !original) return false;
  const rows = [marker, original, ...results, ...givenUp];
  const isGone = await removeAll(table, partitionKey, key, [
    removed(partitionKey, recordKey(key)),
    ...rows.map(({ rowKey = '' }) => removed(partitionKey, rowKey)),
  ]);
  if (isGone) await discard(table.bodies, original, ...results);
  return isGone;
};

/** Record, marker and original are in the first transaction. Where the answer to it was lost, it is refused the next time. */
const removeAll = async (
  { requests, at }: AlertTable,
  partitionKey: string,
  key: string,
  actions: readonly TransactionAction[],
): Promise<boolean> => {
  try {
    await requests.submit(actions.slice(0, mostInTransaction));
  } catch (fault) {
    if (statusOf(fault) !== 404) throw fault;
    if (await at(partitionKey, recordKey(key))) return false;
  }
  for (let from = mostInTransaction; from < actions.length; from += mostInTransaction) {
    await requests.submit(actions.slice(from, from + mostInTransaction));
  }
  return true;
};
