import { TableClient, type TransactionAction } from '@azure/data-tables';

const tables = ['snapshots', 'snapshotStates', 'snapshotStaging'];
/** In an entity group transaction ("Performing entity group transactions"). */
const mostEntities = 100;

/** Makes the tables, as long as nobody else does. */
export const makeTables = async (connection: string): Promise<void> => {
  for (const table of tables) await clientOf(connection, table).createTable();
};

/** Lets a partition begin with what another one holds. */
export const copyRows = async (connection: string, from: string, to: string): Promise<void> => {
  for (const table of tables) {
    const client = clientOf(connection, table);
    for (const [partitionKey, rows] of await rowsOf(client, from)) {
      const moved = `${to}${partitionKey.slice(from.length)}`;
      const actions = rows.map((row): TransactionAction => ['create', { ...row, partitionKey: moved }]);
      for (let at = 0; at < actions.length; at += mostEntities) {
        await client.submitTransaction(actions.slice(at, at + mostEntities));
      }
    }
  }
};

type Row = { readonly partitionKey: string; readonly rowKey: string } & Readonly<Record<string, unknown>>;

const rowsOf = async (client: TableClient, partition: string): Promise<ReadonlyMap<string, readonly Row[]>> => {
  // The next character behind the bar that ends the partition's name.
  const filter = `PartitionKey ge '${partition}|' and PartitionKey lt '${partition}}'`;
  const found = new Map<string, Row[]>();
  for await (const { etag: _, timestamp: __, partitionKey = '', rowKey = '', ...row } of client.listEntities({
    queryOptions: { filter },
  })) {
    found.set(partitionKey, [...(found.get(partitionKey) ?? []), { ...row, partitionKey, rowKey }]);
  }
  return found;
};

const clientOf = (connection: string, table: string): TableClient =>
  TableClient.fromConnectionString(connection, table, { allowInsecureConnection: true });
