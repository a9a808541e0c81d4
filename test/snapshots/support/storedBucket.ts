/** One bucket in memory: batches written into it, and what can be read of it then. */
import type { RunId } from '../../../src/snapshots/runId.ts';
import type { Batch, Bucket, Chunk, Head, RunChanges } from '../../../src/snapshots/stateStore.ts';

export interface StoredBucket {
  readonly head?: Head | undefined;
  /** By their fences. */
  readonly chunks: ReadonlyMap<string, Chunk>;
  /** The newest first. */
  readonly log: readonly RunChanges[];
}

export const emptyBucket: StoredBucket = { chunks: new Map(), log: [] };

export const afterBatch = (
  stored: StoredBucket,
  { head, put, remove, changes }: Omit<Batch, 'version'>,
): StoredBucket => {
  const chunks = new Map(stored.chunks);
  for (const fence of remove) {
    if (!chunks.delete(fence)) throw new Error(`There is no chunk ${fence} to be removed`);
  }
  for (const chunk of put) chunks.set(chunk.fence, chunk);
  return { head, chunks, log: logged(stored.log, { run: head.run, changes }) };
};

const logged = ([newest, ...older]: readonly RunChanges[], more: RunChanges): readonly RunChanges[] => {
  if (!newest) return [more];
  if (newest.run !== more.run) return [more, newest, ...older];
  return [{ run: more.run, changes: [...newest.changes, ...more.changes] }, ...older];
};

export const readBucket = ({ head, chunks }: StoredBucket): Bucket => ({
  bucket: 0,
  head,
  version: head && 'as it was read',
  chunks: [...chunks.values()].sort((a, b) => (a.fence < b.fence ? -1 : 1)),
});

/** @param run changes of this one and of older ones are left out */
export const changesAfter = ({ log }: StoredBucket, run: RunId): readonly RunChanges[] =>
  log.filter((changes) => changes.run > run);
