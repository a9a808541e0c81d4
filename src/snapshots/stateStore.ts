/**
 * What is kept of all machines, and what changed, bucket by bucket. The port: `tableStates` in Table storage, `memoryStates` for tests.
 *
 * A bucket is a partition: its *head*, its *chunks* (sixteen machines each, in the order of their ids) and the changes of each run. A chunk is
 * known by its *fence*, the highest id that may stand in it; its machines are those above the fence before it. What a batch holds
 * is written whole or not at all (an entity group transaction).
 */
import type { Change, ChangeKind } from './change.ts';
import type { KeptState } from './keptState.ts';
import type { RunId } from './runId.ts';

export interface StateStore {
  /** The buckets from one to before another, those that hold nothing too, in order. */
  read(from: number, to: number): Promise<readonly Bucket[]>;
  /** The chunk in whose range an id is: one transaction. */
  chunkOf(bucket: number, id: string): Promise<Chunk | undefined>;
  /** Changes of a bucket, newest run first. To be read after the bucket itself where both are, or a change may be missed. */
  changes(bucket: number, range: RunRange): Promise<readonly RunChanges[]>;
  /**
   * One transaction.
   *
   * @returns the head's new version
   * @throws Overtaken when the head was written by somebody else
   */
  write(bucket: number, batch: Batch): Promise<string>;
  /** Removes what changed up to and with this run, of one bucket. @returns how many entities */
  forget(bucket: number, upTo: RunId): Promise<number>;
}

export interface Bucket {
  readonly bucket: number;
  readonly head?: Head | undefined;
  /** For `write`; undefined where there is no head. */
  readonly version?: string | undefined;
  /** In the order of their fences; ids that are in no chunk's range belong into the last one's, whose fence is `lastFence`. */
  readonly chunks: readonly Chunk[];
}

/** Sorts behind every id. */
export const lastFence = '~';

export interface Chunk {
  readonly fence: string;
  /** Sorted by id, all within the chunk's range. */
  readonly machines: readonly KeptState[];
}

/** How far a run is in a bucket, and what it did there so far. Written with every batch. */
export interface Head {
  readonly run: RunId;
  /** Ids up to this one are done; `lastFence` when all are. */
  readonly upTo: string;
  readonly changes: Readonly<Record<ChangeKind, number>>;
}

export interface Batch {
  readonly head: Head;
  /** Of the head that was read or written last; undefined where there was none. */
  readonly version: string | undefined;
  readonly put: readonly Chunk[];
  /** Fences of chunks that hold nothing any more. */
  readonly remove: readonly string[];
  /** Of `head.run`. */
  readonly changes: readonly Change[];
}

export interface RunRange {
  /** Not this run, but those after it. */
  readonly after?: RunId | undefined;
  /** This run, and those before it. */
  readonly upTo?: RunId | undefined;
}

export interface RunChanges {
  readonly run: RunId;
  readonly changes: readonly Change[];
}
