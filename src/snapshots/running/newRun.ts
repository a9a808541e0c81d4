import { isStored, noCost, noCounts, type Run } from '../run.ts';
import { type RunId, runIdAt, startOf } from '../runId.ts';
import type { RunIndex } from '../runIndex.ts';
import type { RunParts } from './parts.ts';

/** A run that begins now; later than the newest one whatever this machine's clock says. */
export const newRun = async ({
  sources,
  index,
  clock,
}: Pick<RunParts, 'sources' | 'index' | 'clock'>): Promise<Run> => {
  const [newest] = await index.list({ top: 1 });
  const previous = await lastStored(index);
  const { name } = await sources.choose();
  const id = laterThan(newest?.id, clock.wall());
  return {
    id,
    startedAt: startOf(id),
    source: name,
    phase: 'collecting',
    previous: previous?.id,
    sourceChanged: previous !== undefined && previous.source !== name,
    lists: {},
    merged: 0,
    told: 0,
    counts: noCounts,
    cost: noCost,
    overdue: 0,
  };
};

/** The newest run whose states are stored. */
export const lastStored = async (index: Pick<RunIndex, 'list'>): Promise<Run | undefined> => {
  let before: RunId | undefined;
  for (;;) {
    const runs = await index.list({ before, top: runsAtOnce });
    const stored = runs.find(isStored);
    if (stored || runs.length < runsAtOnce) return stored;
    before = runs.at(-1)?.id;
  }
};

const runsAtOnce = 10;

const laterThan = (newest: RunId | undefined, now: number): RunId => {
  const id = runIdAt(now);
  if (newest === undefined || id > newest) return id;
  return runIdAt(Date.parse(startOf(newest)) + 1000);
};
