/**
 * The floor: the oldest run that can be asked for. It is the newest stored one that is older than what is to be kept, so that an instant at
 * the edge, between two runs, is still answered. Pure.
 */
import { isStored, type Run } from '../run.ts';
import type { RunId } from '../runId.ts';

/** What pruning has to know of a run. */
export interface OldRun {
  readonly id: RunId;
  readonly isStored: boolean;
  readonly isFinished: boolean;
}

export const oldRun = (run: Run): OldRun => ({
  id: run.id,
  isStored: isStored(run),
  isFinished: run.phase === 'finished',
});

/**
 * The floor from now on; never behind the last one, and below every run under way.
 *
 * @param older newest first
 * @param edge  runs before it need not be kept
 * @param last  the floor so far
 */
export const floorOf = (older: readonly OldRun[], edge: RunId, last: RunId | undefined): RunId | undefined => {
  const underWay = older.findLast(({ isFinished }) => !isFinished);
  const limit = underWay && underWay.id < edge ? underWay.id : edge;
  const newest = older.find((run) => run.isStored && run.id < limit)?.id;
  return laterOf(newest, last);
};

export const laterOf = <A extends RunId | undefined>(a: A, b: RunId | undefined): A | RunId =>
  b !== undefined && (a === undefined || b > a) ? b : a;
