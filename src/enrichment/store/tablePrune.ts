/**
 * Alerts that ended long ago, removed: all rows of one in a transaction with its marker, which is another once the alert begins anew, so
 * that the service refuses. Bodies go after the rows: whoever is killed in between leaves bodies that no row names.
 */

import { inParallel } from '../../inParallel.ts';
import { removeRows } from '../../storage/tableRemoval.ts';
import type { Found } from '../../storage/tableRequests.ts';
import { statusOf } from '../../storage/tableService.ts';
import { deliveryOf, openAlertOf } from './alertRows.ts';
import { discard } from './longText.ts';
import { nameOf, originalKey, recordKey, rowsBefore, rowsOf } from './tableAlertKeys.ts';
import { type AlertTable, mostAtOnce, mostInTransaction, removed } from './tableAlerts.ts';

/** Of a kind in one go, so that a long way back does not take all the time of a function; the next time goes on. */
const mostPruned = 2000;

/** @returns how many */
export const pruneAlerts = async (table: AlertTable, part: number, before: number): Promise<number> => {
  const partitionKey = table.partition(part);
  const markers = await Promise.all(
    (['ended', 'failed'] as const).map((kind) =>
      table.requests.query(rowsBefore(partitionKey, kind, Math.ceil(before)), { top: mostPruned }),
    ),
  );
  const pruned = await inParallel(markers.flat(), mostAtOnce, (marker) => pruneAlert(table, partitionKey, marker));
  return pruned.filter((isPruned) => isPruned).length;
};

/** @returns false where something is still to be delivered, or it began anew meanwhile */
const pruneAlert = async (table: AlertTable, partitionKey: string, marker: Found): Promise<boolean> => {
  const { key } = openAlertOf(marker);
  const rowsOfKind = (kind: 'delivery' | 'result', select?: string[]) =>
    table.requests.query(rowsOf(partitionKey, kind, nameOf(key)), select && { select });
  const [deliveries, results, original] = await Promise.all([
    rowsOfKind('delivery'),
    rowsOfKind('result', ['RowKey', 'body']),
    table.at(partitionKey, originalKey(key), ['RowKey', 'body']),
  ]);
  if (!original || !deliveries.map(deliveryOf).every(({ isGivenUp }) => isGivenUp)) return false;
  const rowKeys = [recordKey(key), ...[marker, original, ...results, ...deliveries].map(({ rowKey = '' }) => rowKey)];
  if (!(await removeAlert(table, partitionKey, rowKeys))) return false;
  await discard(table.bodies, original, ...results);
  return true;
};

/** Record, marker and original go in the first transaction. Where the answer to it was lost, it is refused the next time. */
const removeAlert = async (
  { requests, at }: AlertTable,
  partitionKey: string,
  rowKeys: readonly string[],
): Promise<boolean> => {
  const [record = ''] = rowKeys;
  try {
    await requests.submit(rowKeys.slice(0, mostInTransaction).map((rowKey) => removed(partitionKey, rowKey)));
  } catch (fault) {
    if (statusOf(fault) !== 404) throw fault;
    if (await at(partitionKey, record)) return false;
  }
  await removeRows(requests, partitionKey, rowKeys.slice(mostInTransaction));
  return true;
};
