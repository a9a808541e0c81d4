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
    const changes = runs.flatMap((each) => each.changes);
    const sent = await teller.tell(run, changes).catch(notTold);
    if (typeof sent !== 'number') return giveUpIfOverdue(journal, sent);
    journal.sent(sent);
    if ((bucket + 1) % bucketsAtOnce === 0) await journal.save({ told: bucket + 1 });
  }
  return done;
};

interface NotTold {
  readonly reason: string;
}

const notTold = (fault: unknown): NotTold => ({
  reason: `the queue did not take what changed: ${fault instanceof Error ? fault.message : fault}`,
});

/** The next run may not wait for a queue that is not there for ever; what changed can still be asked for. */
const giveUpIfOverdue = async (journal: Journal, { reason }: NotTold): Promise<PhaseEnd> => {
  if (journal.run.overdue === 0) return { kind: 'paused', reason };
  await journal.save({ untold: reason });
  return done;
};

/** Where there was nothing to compare with, or something else, there is no news. */
const hasNews = ({ previous, sourceChanged, counts: { changes } }: Journal['run']): boolean =>
  previous !== undefined && !sourceChanged && changes.appeared + changes.newlyRequiresAttention + changes.resolved > 0;
