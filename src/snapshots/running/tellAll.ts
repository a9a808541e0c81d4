/** The third phase: what changed is told, some buckets at a time; after a crash some of it again. */
import type { Change } from '../change.ts';
import type { Run } from '../run.ts';
import type { Journal } from './journal.ts';
import { done, outOfTime, type PhaseEnd, type RunParts, type Slice } from './parts.ts';

/** Less than this is not enough for some buckets. */
const leastBucketsMs = 5_000;
/** Buckets that are told of together, and then noted. */
const bucketsAtOnce = 16;

type Parts = Pick<RunParts, 'states' | 'teller' | 'buckets'>;

export const tellAll = async (parts: Parts, journal: Journal, slice: Slice): Promise<PhaseEnd> => {
  const { run } = journal;
  if (!hasNews(run)) return done;
  for (let from = run.told; from < parts.buckets; from += bucketsAtOnce) {
    if (slice.leftMs() < leastBucketsMs) return outOfTime;
    const to = Math.min(parts.buckets, from + bucketsAtOnce);
    const sent = await parts.teller.tell(run, await changesIn(parts, run, from, to)).catch(notTold);
    if (typeof sent !== 'number') return giveUpIfOverdue(journal, sent);
    journal.sent(sent);
    await journal.save({ told: to });
  }
  return done;
};

const changesIn = async ({ states }: Parts, run: Run, from: number, to: number): Promise<readonly Change[]> => {
  const buckets = Array.from({ length: to - from }, (_, i) => from + i);
  const range = { after: run.previous, upTo: run.id };
  const runs = await Promise.all(buckets.map((bucket) => states.changes(bucket, range)));
  return runs.flat().flatMap(({ changes }) => changes);
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
const hasNews = ({ previous, sourceChanged, counts: { changes } }: Run): boolean =>
  previous !== undefined && !sourceChanged && changes.appeared + changes.newlyRequiresAttention + changes.resolved > 0;
