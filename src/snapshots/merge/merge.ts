/** What a run makes of a bucket: what is kept of its machines, and what the run saw of them. */
import type { ChangeKind } from '../change.ts';
import type { RunId } from '../runId.ts';
import type { SecurityState } from '../securityState.ts';
import type { Batch, Bucket } from '../stateStore.ts';

export interface MergeInput {
  readonly run: RunId;
  /** As it was read; perhaps this run has been in it before. */
  readonly bucket: Bucket;
  /** Sorted by id, each id once, all of this bucket. */
  readonly seen: readonly SecurityState[];
  /** Whether a machine that was not seen counts as missed: not where the run is incomplete. Missed twice, it has vanished. */
  readonly countsMisses: boolean;
  /** Nothing was kept before this run: then that a machine appeared is no change, and is not written as one. */
  readonly isFirst: boolean;
  /** Entities in a batch, at most. */
  readonly mostEntities: number;
}

export interface Merged {
  /** To be written in this order; each leaves the bucket readable. None where nothing is to be written. */
  readonly batches: readonly Omit<Batch, 'version'>[];
  readonly tally: BucketTally;
}

/** What stands in a bucket when all batches are written, and what the run changed in it, now and before. */
export interface BucketTally {
  readonly stored: number;
  readonly machines: number;
  readonly missed: number;
  readonly changes: Readonly<Record<ChangeKind, number>>;
  readonly requireAttention: number;
  readonly attention: Readonly<Record<string, number>>;
}
