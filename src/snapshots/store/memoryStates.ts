/** The store of states in memory: the same rows as in Table storage. */

import { type MemoryWrites, writing } from '../../storage/memoryWrites.ts';
import { Overtaken } from '../../storage/overtaken.ts';
import type { StateStore } from '../stateStore.ts';
import type { StateRow } from './stateRow.ts';
import { headKey } from './stateRow.ts';
import type { KeyRange, RowBatch, StateRows, StoredRow } from './stateRows.ts';
import { statesInRows } from './statesInRows.ts';

/** @param writes called with `batch` and `forget` */
export const memoryStates = (writes: MemoryWrites = {}): StateStore => statesInRows(memoryRows(writes));

const memoryRows = (writes: MemoryWrites): StateRows => {
  const buckets = new Map<number, ReadonlyMap<string, StoredRow>>();
  let version = 0;
  const within = (bucket: number, { lowest, below }: KeyRange): readonly StoredRow[] =>
    [...(buckets.get(bucket)?.values() ?? [])]
      .filter(({ rowKey }) => rowKey >= lowest && rowKey < below)
      .sort((a, b) => (a.rowKey < b.rowKey ? -1 : 1));

  const commit = (bucket: number, batch: RowBatch, expected: string | undefined): string => {
    const rows = new Map(buckets.get(bucket));
    if (rows.get(headKey)?.version !== expected) throw new Overtaken(`The head of bucket ${bucket} is another`);
    version += 1;
    for (const key of batch.remove) rows.delete(key);
    for (const row of [batch.head, ...batch.put]) rows.set(row.rowKey, stored(row, `${version}`));
    buckets.set(bucket, rows);
    return `${version}`;
  };

  return {
    async range(bucket, keys) {
      return { rows: within(bucket, keys), isOfOneMoment: true };
    },
    async first(bucket, keys) {
      return within(bucket, keys)[0];
    },
    async keys(bucket, keys) {
      return within(bucket, keys).map(({ rowKey }) => rowKey);
    },
    async commit(bucket, batch, expected) {
      return writing(writes, 'batch', () => commit(bucket, batch, expected));
    },
    async remove(bucket, keys) {
      if (keys.length === 0) return;
      const gone = new Set(keys);
      const left = [...(buckets.get(bucket) ?? [])].filter(([key]) => !gone.has(key));
      writing(writes, 'forget', () => buckets.set(bucket, new Map(left)));
    },
  };
};

const stored = ({ rowKey, properties }: StateRow, version: string): StoredRow => ({
  rowKey,
  properties: { ...properties },
  version,
});
