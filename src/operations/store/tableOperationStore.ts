/** Operations in Table storage. */
import type { TableClient, TransactionAction } from '@azure/data-tables';
import { type Clock, systemClock } from '../../clock.ts';
import { partitionKeyOf } from '../../storage/keys.ts';
import { Overtaken } from '../../storage/overtaken.ts';
import { removeRows } from '../../storage/tableRemoval.ts';
import { tableRequests } from '../../storage/tableRequests.ts';
import { unless } from '../../storage/tableService.ts';
import { settledWrite, standingOf } from '../../storage/tableSettledWrite.ts';
import type { Operation } from '../operation.ts';
import { countOf, type OperationStore } from '../operationStore.ts';
import { idOfMarker, markerKey, markersBefore, operationOf, propertiesOf, recordKey } from './tableOperationRows.ts';

export interface TableOperationStoreOptions {
  /** Tenant and application. */
  readonly partition: string;
  readonly clock?: Clock;
}

/** @param table gives the client; asked for at the first use, so that the SDK is loaded only then */
export const tableOperationStore = (
  table: () => Promise<TableClient>,
  { partition, clock = systemClock }: TableOperationStoreOptions,
): OperationStore => {
  const requests = tableRequests(table, { clock });
  const partitionKey = partitionKeyOf(partition, 'operations');
  const at = (rowKey: string) =>
    requests.again((client, within) =>
      unless([404], () => client.getEntity<Record<string, unknown>>(partitionKey, rowKey, within)),
    );

  /** @param before version and marker; undefined where it is new */
  const write = async (operation: Operation, before: ReturnType<typeof readVersion> | undefined): Promise<string> => {
    const token = crypto.randomUUID();
    const marker = markerKey(operation);
    const record = { partitionKey, rowKey: recordKey(operation.id), ...propertiesOf(operation), token };
    const actions: TransactionAction[] = [
      before ? ['update', record, 'Replace', { etag: before.etag }] : ['create', record],
      ['upsert', { partitionKey, rowKey: marker, owner: operation.caller.owner }, 'Replace'],
      ...removalOf(before?.marker, marker),
    ];
    const etag = await settledWrite(requests.clock, {
      what: `Operation ${operation.id}`,
      async send() {
        const { subResponses } = await requests.once((client, within) => client.submitTransaction(actions, within));
        return subResponses[0]?.etag;
      },
      look: async () => standingOf(await at(record.rowKey), { token }, before?.etag),
    });
    return versionOf(etag, marker);
  };

  const removalOf = (old: string | undefined, marker: string): TransactionAction[] =>
    old === undefined || old === marker ? [] : [['delete', { partitionKey, rowKey: old }]];

  return {
    async create(operation) {
      await write(operation, undefined);
    },
    async read(id) {
      const found = await at(recordKey(id));
      const value = found && operationOf(found);
      return value && { value, version: versionOf(found.etag, markerKey(value)) };
    },
    async save(operation, version) {
      const before = readVersion(version);
      // To the service, no version means any.
      if (before.etag === '') throw new Overtaken(`Operation ${operation.id} was never read`);
      return write(operation, before);
    },
    async remove(id) {
      const found = await at(recordKey(id));
      if (found) await removeRows(requests, partitionKey, [recordKey(id), markerKey(operationOf(found))]);
    },
    async list(which, before, top) {
      if (top < 1) return [];
      const found = await requests.query(markersBefore(partitionKey, which, before), { top, select: ['RowKey'] });
      return found.map(({ rowKey = '' }) => idOfMarker(rowKey));
    },
    async count(top, owner) {
      const anyInstant = markersBefore(partitionKey, 'waiting', Number.MAX_SAFE_INTEGER);
      const found = await requests.query(anyInstant, { top, select: ['owner'] });
      return countOf(
        found.map((marker) => marker.owner),
        owner,
      );
    },
  };
};

/** No row key has a space. */
const versionOf = (etag: string, marker: string): string => `${marker} ${etag}`;

const readVersion = (version: string): { readonly marker: string; readonly etag: string } => {
  const space = version.indexOf(' ');
  return { marker: version.slice(0, space), etag: version.slice(space + 1) };
};
