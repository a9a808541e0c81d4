/** Everything that a batch writes, in one entity group transaction on the version of the bucket's head. */
import type { TransactionAction } from '@azure/data-tables';
import { quoted } from '../../storage/keys.ts';
import type { TableRequests } from '../../storage/tableRequests.ts';
import { statusOf } from '../../storage/tableService.ts';
import { type ConditionalWrite, settledWrite, standingOf } from '../../storage/tableSettledWrite.ts';
import { headAndChunks, headKey, type StateRow } from './stateRow.ts';
import type { RowBatch } from './stateRows.ts';

export const tableCommit = (
  requests: TableRequests,
  partitionKey: string,
  batch: RowBatch,
  version: string | undefined,
): Promise<string> => {
  const bucket: BucketInTable = { requests, partitionKey };
  const write: ConditionalWrite = {
    what: `The head of ${partitionKey}`,
    send: () => sent(bucket, batch, version),
    look: async () => standingOf(await requests.at(partitionKey, headKey), batch.head.properties, version),
  };
  return settledWrite(requests.clock, write);
};

interface BucketInTable {
  readonly requests: TableRequests;
  readonly partitionKey: string;
}

/** A chunk to be removed that is gone already makes the service refuse the whole: then it is done without. */
const sent = async (
  bucket: BucketInTable,
  batch: RowBatch,
  version: string | undefined,
): Promise<string | undefined> => {
  try {
    return await submitted(bucket, batch, version);
  } catch (fault) {
    if (statusOf(fault) !== 404 || batch.remove.length === 0) throw fault;
    const there = await keysNow(bucket);
    const remove = batch.remove.filter((key) => there.has(key));
    return submitted(bucket, { ...batch, remove }, version);
  }
};

const submitted = async (
  { requests, partitionKey }: BucketInTable,
  { head, put, remove }: RowBatch,
  version: string | undefined,
): Promise<string | undefined> => {
  const entity = ({ rowKey, properties }: StateRow) => ({ partitionKey, rowKey, ...properties });
  const actions: TransactionAction[] = [
    version === undefined ? ['create', entity(head)] : ['update', entity(head), 'Replace', { etag: version }],
    ...put.map((row): TransactionAction => ['upsert', entity(row), 'Replace']),
    ...remove.map((rowKey): TransactionAction => ['delete', { partitionKey, rowKey }]),
  ];
  const { subResponses } = await requests.once((client, within) => client.submitTransaction(actions, within));
  // The service names the row of what is created, but not of what is updated: the head is the first.
  return subResponses[0]?.etag;
};

const keysNow = async ({ requests, partitionKey }: BucketInTable): Promise<ReadonlySet<string>> => {
  const { lowest, below } = headAndChunks;
  const filter = `PartitionKey eq ${quoted(partitionKey)} and RowKey ge ${quoted(lowest)} and RowKey lt ${quoted(below)}`;
  const found = await requests.query(filter, { select: ['RowKey'] });
  return new Set(found.map(({ rowKey = '' }) => rowKey));
};
