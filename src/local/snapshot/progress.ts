import type { WatchedRun } from './watchedRun.ts';

/** How far a run is, for people. */
export interface Progress {
  /** What it does now. */
  readonly doing: string;
  /** 0 to 1 of that; undefined where nobody knows how much there is. */
  readonly share: number | undefined;
  /** What was counted so far. */
  readonly counted: string;
  /** What it waits for, or why something may be missing. */
  readonly remark: string | undefined;
}

/** Of a run that is under way; undefined where it is over. */
export const progressOf = ({ state, progress, reason, counts, cost }: WatchedRun): Progress | undefined => {
  if (progress === null) return undefined;
  const shared = { doing: state, remark: reason ?? undefined };
  if (state === 'collecting') return { ...shared, ...collected(progress.lists) };
  const { merged, told, buckets } = progress;
  return state === 'merging'
    ? { ...shared, ...ofBuckets(merged, buckets, amount(counts.stored, 'machine')) }
    : { ...shared, ...ofBuckets(told, buckets, amount(cost.messages, 'message')) };
};

/** A count and its noun: `1,200 machines`. */
export const amount = (count: number, noun: string): string =>
  `${count.toLocaleString('en-US')} ${count === 1 ? noun : `${noun}s`}`;

type Lists = NonNullable<WatchedRun['progress']>['lists'];

/** Defender seldom says how many there are: then there is no share, until a list is through. */
const collected = (lists: Lists): Pick<Progress, 'share' | 'counted'> => {
  const each = Object.entries(lists);
  const counted = each.map(
    ([name, { pages, received }]) => `${name} ${amount(pages, 'page')}, ${amount(received, 'row')}`,
  );
  return { share: averageOf(each.map(([, list]) => shareOf(list))), counted: counted.join('; ') || 'no page yet' };
};

const shareOf = ({ isDone, received, announced }: Lists[string]): number | undefined => {
  if (isDone) return 1;
  return announced === null ? undefined : Math.min(1, received / Math.max(1, announced));
};

/** Undefined where one is, or where there is none. */
const averageOf = (shares: readonly (number | undefined)[]): number | undefined => {
  const known = shares.filter((share) => share !== undefined);
  if (known.length < shares.length || known.length === 0) return undefined;
  return known.reduce((sum, share) => sum + share, 0) / known.length;
};

const ofBuckets = (done: number, buckets: number, also: string): Pick<Progress, 'share' | 'counted'> => ({
  share: done / buckets,
  counted: `${done} of ${buckets} buckets, ${also}`,
});
