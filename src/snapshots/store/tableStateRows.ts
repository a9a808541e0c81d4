/**
 * Rows of states in Table storage. One bucket is a range of keys in one partition. Several are a range of partitions, which is one query
 * as well, but makes the service read past the changes between; so it is for those who ask for few machines.
 */
import { partitionKeyOf, quoted } from './keys.ts';
import type { BucketRange, KeyRange, StateRows, StoredRow } from './stateRows.ts';
import { tableCommit } from './tableCommit.ts';
import { removeRows } from './tableRemoval.ts';
import type { Found, TableRequests } from './tableRequests.ts';

export const tableStateRows = (requests: TableRequests, partition: string): StateRows => {
  const partitionKey = (bucket: number): string => `${partitionKeyOf(partition)}|b${hexadecimal(bucket)}`;

  const filterOf = ({ from, to }: BucketRange, { lowest, below }: KeyRange): string => {
    const keys = `RowKey ge ${quoted(lowest)} and RowKey lt ${quoted(below)}`;
    const first = quoted(partitionKey(from));
    if (to - from === 1) return `PartitionKey eq ${first} and ${keys}`;
    return `PartitionKey ge ${first} and PartitionKey le ${quoted(partitionKey(to - 1))} and ${keys}`;
  };

  const inBucket = (bucket: number, keys: KeyRange): string => filterOf({ from: bucket, to: bucket + 1 }, keys);

  return {
    async range(buckets, keys) {
      if (buckets.to <= buckets.from) return [];
      return (await requests.query(filterOf(buckets, keys))).map(rowOf);
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
  const { partitionKey = '', rowKey = '', etag } = found;
  return { bucket: Number.parseInt(partitionKey.slice(-2), 16), rowKey, version: etag, properties: found };
};
