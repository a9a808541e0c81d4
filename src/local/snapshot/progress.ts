import { usualBuckets } from '../../snapshots/buckets.ts';
import type { WatchedRun } from './watchedRun.ts';

/** How far a run is, for people. */
export interface Progress {
  /** What it does now. */
  readonly doing: string;
  /** 0 to 1 of that; undefined where nobody knows how much there is. */
  readonly share: number | undefined;
  /** What was counted so far. */
  readonly counted: string;
  /** Why it stands still, where it does. */
  readonly waits: string | undefined;
}

/** Of a run that is under way. */
export const progressOf = (run: WatchedRun): Progress => {
  const waits = run.reason ?? undefined;
  const machines = amount(run.counts.stored, 'machine');
  switch (run.phase) {
    case 'collecting':
      return { doing: 'collecting', ...collected(run), waits };
    case 'merging':
      return { doing: 'merging', ...ofBuckets(run.merged, machines), waits };
    case 'telling':
      return { doing: 'telling', ...ofBuckets(run.told, amount(run.cost.messages, 'message')), waits };
    case 'finished':
      return { doing: 'finished', share: 1, counted: machines, waits };
  }
};

/** A count and its noun: `1,200 machines`. @param plural where it is not the noun with an s */
export const amount = (count: number, noun: string, plural = `${noun}s`): string =>
  `${count.toLocaleString('en-US')} ${count === 1 ? noun : plural}`;

/** Defender seldom says how many there are: then there is no share, until a list is through. */
const collected = ({ lists }: WatchedRun): Pick<Progress, 'share' | 'counted'> => {
  const each = Object.entries(lists);
  const shares = each.map(([, list]) => shareOf(list));
  const share = shares.includes(undefined) ? undefined : average(shares as readonly number[]);
  const counted = each.map(
    ([name, { pages, received }]) => `${name} ${amount(pages, 'page')}, ${amount(received, 'row')}`,
  );
  return { share, counted: counted.join('; ') };
};

const shareOf = ({ isDone, received, announced }: WatchedRun['lists'][string]): number | undefined => {
  if (isDone) return 1;
  return announced === undefined ? undefined : Math.min(1, received / Math.max(1, announced));
};

const average = (shares: readonly number[]): number =>
  shares.reduce((sum, one) => sum + one, 0) / Math.max(1, shares.length);

const ofBuckets = (done: number, also: string): Pick<Progress, 'share' | 'counted'> => ({
  share: Math.min(1, done / usualBuckets),
  counted: `${done} of ${usualBuckets} buckets, ${also}`,
});
