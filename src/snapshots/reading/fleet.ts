/**
 * The states of the fleet as they were at the end of a run, some buckets at a time: what is kept now, with the changes of later runs undone. The
 * buckets are read first, then which runs there are, then these runs' changes: so a run that writes meanwhile is undone as well.
 */
import { statesAsOf } from '../asOf/undo.ts';
import type { KeptState } from '../keptState.ts';
import type { RunId } from '../runId.ts';
import type { RunIndex } from '../runIndex.ts';
import type { Stretch } from '../running/stretches.ts';
import { type Bucket, lastFence, type StateStore } from '../stateStore.ts';
import { volumesOf, type Window, windowsOf } from './windows.ts';

export interface FleetParts {
  readonly index: Pick<RunIndex, 'list'>;
  readonly states: Pick<StateStore, 'read' | 'changes'>;
  readonly buckets: number;
}

/** What is in a bucket, sorted by id. */
export interface InBucket<T> {
  readonly bucket: number;
  readonly items: readonly T[];
}

/**
 * Costs a transaction for a thousand chunks, one for the runs since, and one for each bucket and some thousand changes in it where there
 * were any.
 *
 * @param run stored, and not older than the floor
 */
export const statesIn = async (
  { index, states, buckets }: FleetParts,
  { from, to }: Stretch,
  run: RunId,
): Promise<readonly InBucket<KeptState>[]> => {
  const read = await states.read(from, to);
  const later = await volumesOf(index, { after: run });
  const windows = later.length === 0 ? [] : windowsOf(later, { after: run }, buckets);
  const found: InBucket<KeptState>[] = [];
  for (const bucket of read) {
    const kept = await undone(states, bucket, windows);
    found.push({ bucket: bucket.bucket, items: kept.map((each) => withoutLaterMiss(each, run)) });
  }
  return found;
};

const undone = async (
  states: FleetParts['states'],
  { bucket, chunks }: Bucket,
  windows: readonly Window[],
): Promise<readonly KeptState[]> => {
  let machines = chunks.flatMap((chunk) => chunk.machines);
  for (const { range } of windows) {
    const later = await states.changes(bucket, range);
    machines = [...statesAsOf({ bucket, chunks: [{ fence: lastFence, machines }] }, later)];
  }
  return machines;
};

/** Who was missed by a later run only was not missed then. */
const withoutLaterMiss = (kept: KeptState, run: RunId): KeptState =>
  kept.missedSince !== undefined && kept.missedSince > run ? { ...kept, missedSince: undefined } : kept;
