/**
 * Rows of states in Table storage. What is asked for is a range of keys in one partition: a range of partitions would be one query as well,
 * but have the service read past all changes between.
 */
import { partitionKeyOf, quoted } from '../../storage/keys.ts';
import { removeRows } from '../../storage/tableRemoval.ts';
import type { Found, TableRequests } from '../../storage/tableRequests.ts';
import type { KeyRange, StateRows, StoredRow } from './stateRows.ts';
import { tableCommit } from './tableCommit.ts';

export const tableStateRows = (requests: TableRequests, partition: string): StateRows => {
  const partitionKey = (bucket: number): string => `${partitionKeyOf(partition)}|b${hexadecimal(bucket)}`;

  const inBucket = (bucket: number, { lowest, below }: KeyRange): string =>
    `PartitionKey eq ${quoted(partitionKey(bucket))} and RowKey ge ${quoted(lowest)} and RowKey lt ${quoted(below)}`;

  return {
    async range(bucket, keys) {
      let pages = 0;
      const onPage = () => {
        pages += 1;
      };
      const rows = await requests.query(inBucket(bucket, keys), { onPage });
      return { rows: rows.map(rowOf), isOfOneMoment: pages <= 1 };
    },
    async first(bucket, keys) {
      const [found] = await requests.query(inBucket(bucket, keys), { top: 1 });
      return found && rowOf(found);
    },
    async keys(bucket, keys) {
      return (await requests.query(inBucket(bucket, keys), { select: ['RowKey'] })).map(({ rowKey = '' }) => rowKey);
    },
    async commit(bucket, rows, version) {
      return tableCommit(requests, partitionKey(bucket), rows, version);
    },
    async remove(bucket, keys) {
      await removeRows(requests, partitionKey(bucket), keys);
    },
  };
};

/** Two digits: 256 buckets at most. */
const hexadecimal = (bucket: number): string => bucket.toString(16).padStart(2, '0');

const rowOf = (found: Found): StoredRow => {
  const { rowKey = '', etag } = found;
  return { rowKey, version: etag, properties: found };
};
