/** The third phase: what changed is told, some buckets at a time; after a crash some of it again. */
import type { Change } from '../change.ts';
import type { Run } from '../run.ts';
import type { Journal } from './journal.ts';
import { done, outOfTime, type PhaseEnd, type RunParts, type Slice } from './parts.ts';

/** Less than this is not enough for some buckets. */
const leastBucketsMs = 5_000;
/** Changes that are told of together, where a bucket alone does not have more. */
const changesAtOnce = 2_000;
const mostBucketsAtOnce = 16;
/** A queue that takes nothing for so long is given up: the next runs wait, and what changed can still be asked for. */
const giveUpMs = 3600 * 1000;

type Parts = Pick<RunParts, 'states' | 'teller' | 'buckets' | 'clock'>;

export const tellAll = async (parts: Parts, journal: Journal, slice: Slice): Promise<PhaseEnd> => {
  const { run } = journal;
  if (!hasNews(run)) return done;
  const atOnce = bucketsAtOnce(run, parts.buckets);
  for (let from = run.told; from < parts.buckets; from += atOnce) {
    if (slice.leftMs() < leastBucketsMs) return outOfTime;
    const to = Math.min(parts.buckets, from + atOnce);
    const sent = await parts.teller.tell(run, await changesIn(parts, run, from, to)).catch(notTold);
    if (typeof sent !== 'number') return giveUpInTime(parts, journal, sent);
    journal.sent(sent);
    await journal.save({ told: to, untoldSince: undefined });
  }
  return done;
};

const bucketsAtOnce = ({ counts }: Run, buckets: number): number => {
  const perBucket = Object.values(counts.changes).reduce((sum, count) => sum + count, 0) / buckets;
  return Math.max(1, Math.min(mostBucketsAtOnce, Math.floor(changesAtOnce / Math.max(1, perBucket))));
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

const giveUpInTime = async ({ clock }: Parts, journal: Journal, { reason }: NotTold): Promise<PhaseEnd> => {
  const { untoldSince = new Date(clock.wall()).toISOString() } = journal.run;
  const isOver = clock.wall() - Date.parse(untoldSince) >= giveUpMs;
  await journal.save({ untoldSince, ...(isOver && { untold: reason }) });
  return isOver ? done : { kind: 'paused', reason };
};

/** Where there was nothing to compare with, or something else, there is no news. */
const hasNews = ({ previous, sourceChanged, counts: { changes } }: Run): boolean =>
  previous !== undefined && !sourceChanged && changes.appeared + changes.newlyRequiresAttention + changes.resolved > 0;
