/** The second phase: what was staged is compared with what is kept, some stretches of buckets at a time; the run's row says how far it is. */

import { withTallies } from './counts.ts';
import type { Journal } from './journal.ts';
import { type MergedStretch, type MergeWish, mergeStretch } from './mergeStretch.ts';
import { done, outOfTime, type PhaseEnd, type RunParts, type Slice } from './parts.ts';
import { stretchesAtOnce, stretchesOf } from './stretches.ts';
import { machinesOf } from './wholeness.ts';

/** Unless told. */
const usualSaveAfterMs = 2_000;
/** Less than this is not enough for a stretch. */
const leastStretchMs = 5_000;

type Parts = Pick<
  RunParts,
  'staging' | 'states' | 'sources' | 'mostEntities' | 'chunkSizes' | 'buckets' | 'saveAfterMs'
>;

export const mergeAll = async (parts: Parts, journal: Journal, slice: Slice, wish: MergeWish): Promise<PhaseEnd> => {
  const machines = machinesOf(journal.run.lists)?.received ?? 0;
  const most = stretchesAtOnce(parts.buckets, machines);
  const underWay: Promise<MergedStretch>[] = [];
  const keepOldest = async () => {
    const oldest = underWay.shift();
    if (oldest !== undefined) await keep(parts, journal, await oldest);
  };
  try {
    for (const stretch of stretchesOf(journal.run.merged, parts.buckets, machines)) {
      if (slice.leftMs() < leastStretchMs) break;
      if (underWay.length >= most) await keepOldest();
      underWay.push(begun(parts, journal, stretch, wish));
    }
    while (underWay.length > 0) await keepOldest();
  } finally {
    // Nothing is written any more once this has returned.
    await Promise.allSettled(underWay);
  }
  return journal.run.merged === parts.buckets ? done : outOfTime;
};

/** A fault is told to whoever waits for it, and until then to nobody. */
const begun = (...asked: Parameters<typeof mergeStretch>): Promise<MergedStretch> => {
  const merging = mergeStretch(...asked);
  merging.catch(() => undefined);
  return merging;
};

const keep = async (
  { saveAfterMs = usualSaveAfterMs }: Parts,
  journal: Journal,
  { to, tallies, duplicates, lost }: MergedStretch,
): Promise<void> => {
  const { run } = journal;
  const doubt = run.doubt ?? (lost > 0 ? `staged rows were lost: ${lost}` : undefined);
  journal.note({ merged: to, counts: withTallies(run.counts, tallies, duplicates), doubt });
  if (journal.unsavedMs >= saveAfterMs) await journal.save({});
};
