/**
 * The versions of one machine's state, newest first. A version bears the run since which it holds, and that run's changes bear the version before
 * it: so a history is a walk of one transaction a step, however many runs lie between. Where a machine had vanished, nothing points to it; then
 * all changes of its bucket are read back to where it did, of those runs in which any machine vanished.
 */
import { type Change, idOf } from '../change.ts';
import type { KeptState } from '../keptState.ts';
import { instantOfRun, type RunId, runIdAt } from '../runId.ts';
import type { RunIndex } from '../runIndex.ts';
import type { RunRange, StateStore } from '../stateStore.ts';
import { behind, volumeOf, type Window, windowsOf } from './windows.ts';

export interface LivesParts {
  readonly index: Pick<RunIndex, 'list'>;
  readonly states: Pick<StateStore, 'chunkOf' | 'changes'>;
  readonly buckets: number;
}

export interface Version {
  /** Since when it holds. */
  readonly since: RunId;
  /** undefined: the machine has vanished. */
  readonly kept: KeptState | undefined;
}

/** Whether a machine was found to vanish. */
export type Search =
  | { readonly kind: 'found'; readonly version: Version }
  | { readonly kind: 'nowhere' }
  /** The time was over. Not in the changes of runs behind this one. */
  | { readonly kind: 'unfinished'; readonly upTo: RunId };

export interface Lives {
  /** What is kept now, by a run under way too. */
  now(): Promise<Version | undefined>;
  /** The change that a run made, if it is kept. */
  changeOf(run: RunId): Promise<Change | undefined>;
  /** The last time that it vanished. @param upTo in this run or an earlier one; undefined for any */
  vanished(upTo: RunId | undefined, isOver: () => boolean): Promise<Search>;
}

export const livesOf = ({ index, states, buckets }: LivesParts, bucket: number, id: string): Lives => {
  const vanishedIn = async (range: RunRange): Promise<RunId | undefined> => {
    const found = await states.changes(bucket, range);
    return found.find(({ changes }) => changes.some((change) => !change.after && idOf(change) === id))?.run;
  };

  return {
    async now() {
      const chunk = await states.chunkOf(bucket, id);
      const kept = chunk?.machines.find(({ state }) => state.id === id);
      return kept && { since: kept.since, kept };
    },
    async changeOf(run) {
      const [found] = await states.changes(bucket, { after: rightBefore(run), upTo: run });
      return found?.changes.find((change) => idOf(change) === id);
    },
    async vanished(upTo, isOver) {
      let isFirst = true;
      for await (const { range, runs } of windowsBack(index, upTo, buckets)) {
        if (!runs.some(({ mayHaveVanished }) => mayHaveVanished)) continue;
        if (!isFirst && range.upTo !== undefined && isOver()) return { kind: 'unfinished', upTo: range.upTo };
        isFirst = false;
        const since = await vanishedIn(range);
        if (since !== undefined) return { kind: 'found', version: { since, kept: undefined } };
      }
      return { kind: 'nowhere' };
    },
  };
};

/** Sorts before a run, and not before any earlier one. */
export const rightBefore = (run: RunId): RunId => runIdAt((instantOfRun(run) ?? 0) - 1000);

/** All runs from one back to the first, in windows. */
async function* windowsBack(
  index: LivesParts['index'],
  from: RunId | undefined,
  buckets: number,
): AsyncGenerator<Window, void> {
  let upTo = from;
  for (;;) {
    const runs = await index.list({ before: upTo && behind(upTo), top: runsAtOnce });
    const oldest = runs.at(-1);
    if (!oldest) return;
    const after = rightBefore(oldest.id);
    yield* windowsOf(runs.map(volumeOf), { after, upTo }, buckets);
    upTo = after;
  }
}

const runsAtOnce = 200;
