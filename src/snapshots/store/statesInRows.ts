/** The store of states in terms of rows: what a batch comes to, and what rows come to. */
import type { RunId } from '../runId.ts';
import type { Batch, Bucket, Chunk, RunChanges, StateStore } from '../stateStore.ts';
import { changesOfRow, keysOfChanges, rowsOfChanges, runOfRow } from './changeRow.ts';
import {
  chunkKey,
  chunkOfRow,
  chunksFrom,
  headAndChunks,
  headKey,
  headOfRow,
  rowOfChunk,
  rowOfHead,
} from './stateRow.ts';
import type { RowBatch, StateRows, StoredRow } from './stateRows.ts';

/** Of an entity group transaction ("Performing entity group transactions"). */
export const mostRows = 100;

export const statesInRows = (rows: StateRows): StateStore => ({
  async read(from, to) {
    const buckets = Array.from({ length: to - from }, (_, i) => from + i);
    return Promise.all(buckets.map(async (bucket) => bucketOfRows(bucket, await rowsOfOneMoment(rows, bucket))));
  },
  async chunkOf(bucket, id) {
    const row = await rows.first(bucket, chunksFrom(id));
    return row && chunkOfRow(row);
  },
  async changes(bucket, range) {
    return byRun((await rows.range(bucket, keysOfChanges(range))).rows);
  },
  async write(bucket, batch) {
    return rows.commit(bucket, rowsOfBatch(batch), batch.version);
  },
  async forget(bucket, upTo) {
    const keys = await rows.keys(bucket, keysOfChanges({ upTo }));
    await rows.remove(bucket, keys);
    return keys.length;
  },
});

/**
 * Between two pages a chunk may be parted, and of its parts those that stand before the second page would be missed. Every write is on the
 * head, so where that is the same afterwards there was none.
 */
const rowsOfOneMoment = async (rows: StateRows, bucket: number): Promise<readonly StoredRow[]> => {
  for (let tries = 1; tries <= mostTries; tries += 1) {
    const read = await rows.range(bucket, headAndChunks);
    if (read.isOfOneMoment) return read.rows;
    const head = await rows.first(bucket, headAndChunks);
    if (head?.version === read.rows[0]?.version) return read.rows;
  }
  throw new Error(`Bucket ${bucket} was written to whenever it was read, ${mostTries} times`);
};

/** A run writes a bucket in a second or two. */
const mostTries = 10;

/** While what was split is not yet wholly written, an id may stand in two chunks: only those in their chunk's range count. */
const bucketOfRows = (bucket: number, rows: readonly StoredRow[]): Bucket => {
  const [first, ...others] = rows;
  if (first === undefined) return { bucket, chunks: [] };
  const hasHead = first.rowKey === headKey;
  const chunks = inRange((hasHead ? others : rows).map(chunkOfRow));
  return hasHead ? { bucket, head: headOfRow(first), version: first.version, chunks } : { bucket, chunks };
};

const inRange = (chunks: readonly Chunk[]): readonly Chunk[] =>
  chunks.map((chunk, i) => {
    const before = chunks[i - 1]?.fence;
    const [lowest] = chunk.machines;
    if (before === undefined || lowest === undefined || lowest.state.id > before) return chunk;
    return { fence: chunk.fence, machines: chunk.machines.filter(({ state }) => state.id > before) };
  });

/** @throws RangeError where it is more than one transaction holds */
const rowsOfBatch = ({ head, put, remove, changes }: Batch): RowBatch => {
  const rows = {
    head: rowOfHead(head),
    put: [...put.map(rowOfChunk), ...rowsOfChanges(head.run, changes)],
    remove: remove.map(chunkKey),
  };
  const count = 1 + rows.put.length + rows.remove.length;
  if (count <= mostRows) return rows;
  throw new RangeError(`A batch of ${count} rows; a transaction holds ${mostRows}, the head's among them`);
};

const byRun = (rows: readonly StoredRow[]): readonly RunChanges[] => {
  const runs = new Map<RunId, StoredRow[]>();
  for (const row of rows) {
    const run = runOfRow(row);
    const found = runs.get(run);
    if (found) found.push(row);
    else runs.set(run, [row]);
  }
  return [...runs].reverse().map(([run, found]) => ({ run, changes: found.flatMap(changesOfRow) }));
};
