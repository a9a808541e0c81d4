/** The third phase: what changed is told, bucket by bucket; after a crash some of it again. */
import type { Journal } from './journal.ts';
import { done, outOfTime, type PhaseEnd, type RunParts, type Slice } from './parts.ts';

/** Less than this is not enough for a bucket. */
const leastBucketMs = 5_000;
/** Buckets between two notes of how far it is. */
const bucketsAtOnce = 8;

type Parts = Pick<RunParts, 'states' | 'teller' | 'buckets'>;

export const tellAll = async (
  { states, teller, buckets }: Parts,
  journal: Journal,
  slice: Slice,
): Promise<PhaseEnd> => {
  const { run } = journal;
  if (!hasNews(run)) return done;
  for (let bucket = run.told; bucket < buckets; bucket++) {
    if (slice.leftMs() < leastBucketMs) return outOfTime;
    const runs = await states.changes(bucket, { after: run.previous, upTo: run.id });
    journal.sent(
      await teller.tell(
        run,
        runs.flatMap(({ changes }) => changes),
      ),
    );
    if ((bucket + 1) % bucketsAtOnce === 0) await journal.save({ told: bucket + 1 });
  }
  return done;
};

/** Where there was nothing to compare with, or something else, there is no news. */
const hasNews = ({ previous, sourceChanged, counts: { changes } }: Journal['run']): boolean =>
  previous !== undefined && !sourceChanged && changes.appeared + changes.newlyRequiresAttention + changes.resolved > 0;
