/** Plays a history into a bucket, run by run, with a kill after any batch. */
import * as fc from 'fast-check';
import type { BucketTally, Merged } from '../../../src/snapshots/merge/merge.ts';
import { mergeBucket } from '../../../src/snapshots/merge/mergeBucket.ts';
import type { ChunkSizes } from '../../../src/snapshots/merge/pieces.ts';
import type { History, Look } from './histories.ts';
import { afterBatch, emptyBucket, readBucket, type StoredBucket } from './storedBucket.ts';

export interface Way {
  readonly sizes: ChunkSizes;
  readonly mostEntities: number;
  /** For each run, how many batches each of its tries writes before it is killed; after these comes one that is not. */
  readonly kills: readonly (readonly number[])[];
}

/** So small that chunks are cut up and batches are filled by a handful of machines. */
export const ways: fc.Arbitrary<Way> = fc.record({
  sizes: fc.constantFrom({ most: 3, piece: 2 }, { most: 2, piece: 1 }, { most: 6, piece: 4 }, { most: 4, piece: 4 }),
  mostEntities: fc.integer({ min: 4, max: 9 }),
  kills: fc.array(fc.array(fc.nat({ max: 4 }), { maxLength: 3 }), { maxLength: 8 }),
});

export interface MergedRun {
  readonly look: Look;
  /** As it stood after each batch, those of killed tries too; the first is as the run found it. */
  readonly steps: readonly StoredBucket[];
  readonly after: StoredBucket;
  /** Of the try that came through. */
  readonly tally: BucketTally;
  readonly merged: readonly Merged[];
}

export const mergedHistory = (history: History, { kills, ...way }: Way): readonly MergedRun[] => {
  let stored = emptyBucket;
  return history.map((look, at) => {
    const run = mergedRun(stored, look, { ...way, isFirst: at === 0, kills: kills[at] ?? [] });
    stored = run.after;
    return run;
  });
};

interface Tries extends Omit<Way, 'kills'> {
  readonly isFirst: boolean;
  readonly kills: readonly number[];
}

const mergedRun = (found: StoredBucket, look: Look, { kills, sizes, ...rules }: Tries): MergedRun => {
  const steps = [found];
  const tries = [...kills, Number.POSITIVE_INFINITY].map((batches) => {
    const bucket = readBucket(steps.at(-1) ?? found);
    const merged = mergeBucket(
      { ...rules, run: look.run, bucket, seen: look.seen, countsMisses: look.isComplete },
      sizes,
    );
    for (const batch of merged.batches.slice(0, batches)) steps.push(afterBatch(steps.at(-1) ?? found, batch));
    return merged;
  });
  const last = tries.at(-1);
  if (!last) throw new Error('A run is tried once at least');
  return { look, steps, after: steps.at(-1) ?? found, tally: last.tally, merged: tries };
};
