/** Removing rows of a partition. Those that are gone already do not matter. */
import type { TableRequests } from '../../storage/tableRequests.ts';
import { statusOf, unless } from '../../storage/tableService.ts';
import { mostInTransaction, removed } from './tableAlerts.ts';

export const removeRows = async (
  requests: TableRequests,
  partitionKey: string,
  rowKeys: readonly string[],
): Promise<void> => {
  for (let from = 0; from < rowKeys.length; from += mostInTransaction) {
    await removeTogether(requests, partitionKey, rowKeys.slice(from, from + mostInTransaction));
  }
};

/** A row that is gone makes the service refuse the transaction: then each is removed alone. */
const removeTogether = async (
  requests: TableRequests,
  partitionKey: string,
  rowKeys: readonly string[],
): Promise<void> => {
  try {
    await requests.submit(rowKeys.map((rowKey) => removed(partitionKey, rowKey)));
  } catch (fault) {
    if (statusOf(fault) !== 404) throw fault;
    for (const rowKey of rowKeys) {
      await requests.again((client, within) => unless([404], () => client.deleteEntity(partitionKey, rowKey, within)));
    }
  }
};
