/**
 * What the first run wrote, written again by a loop that does nothing else: the same rows, partitions, operations and transactions, as many partitions
 * at a time, with the same client library.
 */
import { TableClient, type TableEntity, type TransactionAction } from '@azure/data-tables';
import type { Transaction } from '../process/messages.ts';

/** The rows of one transaction: the head of the partition, and those that stand behind it. */
export interface RowTransaction {
  readonly head: TableEntity;
  readonly chunks: readonly TableEntity[];
}

/** Reads what stands in a table, and puts it into the transactions in which it was written. */
export const readTransactions = async (
  connection: string,
  table: string,
  written: readonly Transaction[],
): Promise<ReadonlyMap<string, readonly RowTransaction[]>> => {
  const client = clientOf(connection, table);
  const sizes = sizesOf(written.filter((transaction) => transaction.table === table));
  const partitions = new Map<string, readonly RowTransaction[]>();
  for (const [partition, entities] of sizes) {
    const rows: TableEntity[] = [];
    const queryOptions = { filter: `PartitionKey eq '${partition.replaceAll("'", "''")}'` };
    for await (const row of client.listEntities({ queryOptions })) rows.push(bareRow(row));
    partitions.set(partition, inTransactions(partition, rows, entities));
  }
  return partitions;
};

/** How many entities each transaction of each partition held, in the order in which they were written. */
export const sizesOf = (written: readonly Transaction[]): ReadonlyMap<string, readonly number[]> => {
  const sizes = new Map<string, number[]>();
  for (const { partition, entities } of written) {
    const known = sizes.get(partition);
    if (known) known.push(entities);
    else sizes.set(partition, [entities]);
  }
  return sizes;
};

/**
 * @param rows of the partition in the order of their keys; the first is the head, which is in every transaction
 * @throws Error when they are not as many as the transactions held
 */
export const inTransactions = (
  partition: string,
  [head, ...chunks]: readonly TableEntity[],
  sizes: readonly number[],
): readonly RowTransaction[] => {
  const expected = sizes.reduce((sum, entities) => sum + entities - 1, 0);
  if (!head || chunks.length !== expected)
    throw new Error(`${partition} holds ${chunks.length} rows besides its head, but ${expected} were written`);
  let from = 0;
  return sizes.map((entities) => {
    const part = chunks.slice(from, from + entities - 1);
    from += part.length;
    return { head, chunks: part };
  });
};

/** A new table. */
export const createTable = async (connection: string, table: string): Promise<TableClient> => {
  const client = clientOf(connection, table);
  await client.createTable();
  return client;
};

/** @param lanes partitions under way at a time */
export const writeAll = async (
  client: TableClient,
  partitions: readonly (readonly RowTransaction[])[],
  lanes: number,
): Promise<void> => {
  const waiting = [...partitions];
  const lane = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) await writePartition(client, next);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
};

/** One transaction after the other, each on the version of the head that the one before has written. */
const writePartition = async (client: TableClient, transactions: readonly RowTransaction[]): Promise<void> => {
  let version: string | undefined;
  for (const { head, chunks } of transactions) {
    const first: TransactionAction =
      version === undefined ? ['create', head] : ['update', head, 'Replace', { etag: version }];
    const others = chunks.map((row): TransactionAction => ['upsert', row, 'Replace']);
    const written = await client.submitTransaction([first, ...others]);
    // The service names the row of what is created, but not of what is updated: the head is the first.
    version = written.subResponses[0]?.etag;
  }
};

const clientOf = (connection: string, table: string): TableClient =>
  TableClient.fromConnectionString(connection, table, {
    allowInsecureConnection: true,
    retryOptions: { maxRetries: 0 },
  });

/** Without what the service adds. */
const bareRow = ({ etag: _, timestamp: __, ...row }: Record<string, unknown>): TableEntity => {
  delete row['odata.metadata'];
  return row as TableEntity;
};
