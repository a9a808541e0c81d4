/**
 * The changes of many runs, a window of runs at a time: those of a month need not be in memory at once. Windows follow upon each other without a
 * gap whatever runs there are, so what a run adds that began meanwhile is in the first one.
 */
import type { Run } from '../run.ts';
import { type RunId, runIdAt, startOf } from '../runId.ts';
import type { RunIndex } from '../runIndex.ts';
import type { RunRange } from '../stateStore.ts';

/** Of a run, what there is to know for reading its changes. */
export interface RunVolume {
  readonly id: RunId;
  readonly changes: number;
  /** Whether any machine did; of a run that is not over nobody knows. */
  readonly mayHaveVanished: boolean;
}

export interface Window {
  readonly range: RunRange;
  readonly runs: readonly RunVolume[];
}

/** Changes of a bucket that are read together, about. */
const changesAtOnce = 4000;

/**
 * @param runs   newest first, all those of the range that are known
 * @param range  what the windows are to be of, together
 * @returns newest first; at least one
 */
export const windowsOf = (runs: readonly RunVolume[], range: RunRange, buckets: number): readonly Window[] => {
  const windows: Window[] = [];
  let upTo = range.upTo;
  let inWindow: RunVolume[] = [];
  for (const [at, run] of runs.entries()) {
    inWindow.push(run);
    const next = runs[at + 1];
    const changes = inWindow.reduce((sum, each) => sum + each.changes, 0);
    if (next === undefined || changes < changesAtOnce * buckets) continue;
    windows.push({ range: { after: next.id, upTo }, runs: inWindow });
    upTo = next.id;
    inWindow = [];
  }
  return [...windows, { range: { after: range.after, upTo }, runs: inWindow }];
};

/**
 * The runs of a range that may have changed what is kept, newest first. One that is still collecting has not.
 *
 * @returns of runs that are not finished, what they changed so far
 */
export const volumesOf = async (index: Pick<RunIndex, 'list'>, { after, upTo }: RunRange): Promise<RunVolume[]> => {
  const volumes: RunVolume[] = [];
  for await (const run of runsBefore(index, upTo === undefined ? undefined : behind(upTo))) {
    if (after !== undefined && run.id <= after) break;
    if (run.phase !== 'collecting') volumes.push(volumeOf(run));
  }
  return volumes;
};

export const volumeOf = ({ id, counts, phase }: Run): RunVolume => ({
  id,
  changes: Object.values(counts.changes).reduce((sum, count) => sum + count, 0),
  mayHaveVanished: phase !== 'finished' || counts.changes.vanished > 0,
});

/** All runs, or those before one; newest first. */
export async function* runsBefore(index: Pick<RunIndex, 'list'>, before?: RunId): AsyncGenerator<Run, void> {
  let from = before;
  for (let top = runsAtFirst; ; top = runsAtOnce) {
    const runs = await index.list({ before: from, top });
    yield* runs;
    if (runs.length < top) return;
    from = runs.at(-1)?.id;
  }
}

/** The name of a run that would begin a second later: behind a run, and not behind any later one. */
export const behind = (id: RunId): RunId => runIdAt(Date.parse(startOf(id)) + 1000);

/** Mostly the newest runs are wanted. */
const runsAtFirst = 10;
const runsAtOnce = 200;
