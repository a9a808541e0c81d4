/**
 * The last snapshot, as the live call needs it: to count by, and to answer with where a fleet is too big to be joined while somebody waits.
 * The port; who reads snapshots (`src/snapshots/reading`) serves it.
 *
 * A walk stays with the run that it began with, whatever runs are stored meanwhile: pages of two runs don't fit together.
 */
import type { Run } from '../run.ts';
import type { RunId } from '../runId.ts';
import type { SecurityState } from '../securityState.ts';

export interface StoredStates {
  /** The last run whose states are stored (`isStored`), never one under way; undefined before the first. Asked for at most once a minute. */
  lastRun(): Promise<Run | undefined>;
  /**
   * States in the order of their ids, each id once, as they were at the end of a run.
   *
   * @param after the run and the id that the page before ended with; undefined for the start of the last run's
   * @param top states at most; fewer are right where that reads better, none only at the end
   * @returns undefined where there is no such run: none yet, or it was pruned
   */
  page(after: StoredPlace | undefined, top: number): Promise<StoredPage | undefined>;
}

export interface StoredPlace {
  readonly run: RunId;
  /** Of the last state that was given. */
  readonly id: string;
}

export interface StoredPage {
  readonly states: readonly SecurityState[];
  /** Whose they are: `run.counts.machines` are all of them. */
  readonly run: Run;
  /** Where the next page goes on; undefined behind the last. */
  readonly next: StoredPlace | undefined;
}
