import { Overtaken } from '../../storage/overtaken.ts';
import type { BucketTally } from '../merge/merge.ts';
import { mergeBucket } from '../merge/mergeBucket.ts';
import type { ListName, Run } from '../run.ts';
import type { Composed, StagedLists } from '../source.ts';
import type { StagedRows } from '../staging.ts';
import type { Bucket } from '../stateStore.ts';
import type { Journal } from './journal.ts';
import type { RunParts } from './parts.ts';
import type { Stretch } from './stretches.ts';
import { slippedLists, stagedOf } from './wholeness.ts';

export interface MergedStretch {
  readonly to: number;
  readonly tallies: readonly BucketTally[];
  readonly duplicates: number;
  /** Lines that were staged and are there no more. */
  readonly lost: number;
}

export interface MergeWish {
  /** Whether what the run did not see counts as missed. */
  readonly isWhole: boolean;
  /** Nothing was ever kept, nor was anything written since: there is nothing to read. */
  readonly isEmpty: boolean;
}

type Parts = Pick<RunParts, 'staging' | 'states' | 'sources' | 'mostEntities' | 'chunkSizes'>;
type Read = ReadonlyMap<ListName, readonly StagedRows[]>;

/** Merges some buckets: reads what was staged for them and what is kept, and writes what is different. */
export const mergeStretch = async (
  parts: Parts,
  journal: Journal,
  { from, to }: Stretch,
  wish: MergeWish,
): Promise<MergedStretch> => {
  const { run } = journal;
  const { lists } = parts.sources.named(run.source);
  const [buckets, ...read] = await Promise.all([
    wish.isEmpty ? emptyBuckets(from, to) : parts.states.read(from, to),
    ...lists.map(async (list) => [list, await parts.staging.read(list, run.id, from, to)] as const),
  ]);
  const tallies: BucketTally[] = [];
  let duplicates = 0;
  let lost = 0;
  for (const bucket of buckets) {
    const staged = composedOf(parts, run, new Map(read), bucket.bucket);
    tallies.push(await mergeOne(parts, journal, bucket, staged, wish));
    duplicates += staged.duplicates;
    lost += staged.lost;
  }
  return { to, tallies, duplicates, lost };
};

const composedOf = ({ sources }: Parts, run: Run, read: Read, bucket: number): Composed & { readonly lost: number } => {
  const staged: { [name in ListName]?: readonly string[] } = {};
  let lost = 0;
  for (const [list, rows] of read) {
    const own = stagedOf(run.lists[list], rows, bucket);
    staged[list] = own.pages;
    lost += own.lost;
  }
  const slipped = lost > 0 ? [...read.keys()] : slippedLists(run);
  const composed = sources
    .named(run.source)
    .compose(staged satisfies StagedLists, { asOf: Date.parse(run.startedAt), slipped });
  return { ...composed, lost };
};

const mergeOne = async (
  { states, mostEntities, chunkSizes }: Parts,
  { run, lease }: Journal,
  bucket: Bucket,
  { states: seen, lost }: Composed & { readonly lost: number },
  { isWhole }: MergeWish,
): Promise<BucketTally> => {
  const countsMisses = isWhole && lost === 0;
  const isFirst = run.previous === undefined;
  const { batches, tally } = mergeBucket(
    { run: run.id, bucket, seen, countsMisses, isFirst, mostEntities },
    chunkSizes,
  );
  let { version } = bucket;
  for (const batch of batches) {
    if (!lease.isHeld()) throw new Overtaken('the lease on the run was lost');
    version = await states.write(bucket.bucket, { ...batch, version });
  }
  return tally;
};

const emptyBuckets = (from: number, to: number): readonly Bucket[] =>
  Array.from({ length: to - from }, (_, i) => ({ bucket: from + i, chunks: [] }));
