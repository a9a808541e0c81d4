/** Removing rows by their keys, a hundred to a transaction. */
import type { TransactionAction } from '@azure/data-tables';
import type { TableRequests } from './tableRequests.ts';
import { statusOf, unless } from './tableService.ts';

const mostInTransaction = 100;

/** Those that are gone already do not matter. */
export const removeRows = async (
  requests: TableRequests,
  partitionKey: string,
  rowKeys: readonly string[],
): Promise<void> => {
  for (let i = 0; i < rowKeys.length; i += mostInTransaction) {
    await removeTogether(requests, partitionKey, rowKeys.slice(i, i + mostInTransaction));
  }
};

/** A row that is gone makes the service refuse the transaction: then each is removed alone. */
const removeTogether = async (
  requests: TableRequests,
  partitionKey: string,
  rowKeys: readonly string[],
): Promise<void> => {
  const actions = rowKeys.map((rowKey): TransactionAction => ['delete', { partitionKey, rowKey }]);
  try {
    await requests.submit(actions);
  } catch (fault) {
    if (statusOf(fault) !== 404) throw fault;
    for (const rowKey of rowKeys) {
      await requests.again((client, within) => unless([404], () => client.deleteEntity(partitionKey, rowKey, within)));
    }
  }
};
