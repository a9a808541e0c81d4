/** A history stored as runs store it, bucket by bucket, on memory; and what can be asked of it then. */
import { bucketOf } from '../../../../src/snapshots/buckets.ts';
import { mergeBucket } from '../../../../src/snapshots/merge/mergeBucket.ts';
import { createReading, type Reading } from '../../../../src/snapshots/reading/reading.ts';
import { noCost, noCounts, type Run } from '../../../../src/snapshots/run.ts';
import { type RunId, startOf } from '../../../../src/snapshots/runId.ts';
import type { RunIndex } from '../../../../src/snapshots/runIndex.ts';
import { withTallies } from '../../../../src/snapshots/running/counts.ts';
import { lastStored } from '../../../../src/snapshots/running/newRun.ts';
import type { StateStore } from '../../../../src/snapshots/stateStore.ts';
import { memoryRunIndex } from '../../../../src/snapshots/store/memoryRunIndex.ts';
import { memoryStates } from '../../../../src/snapshots/store/memoryStates.ts';
import { fakeClock } from '../../../support/fakeClock.ts';
import type { History, Look } from '../../support/histories.ts';

export const buckets = 4;

export interface Stored {
  readonly index: RunIndex;
  readonly states: StateStore;
  readonly clock: ReturnType<typeof fakeClock>;
  readonly reading: Reading;
  /** Stores one more look, as a run that is finished. */
  add(look: Look): Promise<Run>;
  /** A run that is under way, and has merged so many buckets of a look. */
  begin(look: Look, merged: number): Promise<Run>;
  /** A run without states: under way, or failed. */
  put(run: Partial<Run> & { readonly id: RunId }): Promise<void>;
}

export const stored = async (history: History = [], pageMs?: number): Promise<Stored> => {
  const index = memoryRunIndex();
  const states = memoryStates();
  const clock = fakeClock();

  const merged = async (look: Look, count: number): Promise<Run> => {
    const previous = await lastStored(index);
    let run = { ...newRun(look.run), previous: previous?.id };
    for (let bucket = 0; bucket < count; bucket += 1) {
      const [read] = await states.read(bucket, bucket + 1);
      if (!read) throw new Error('every bucket is there');
      const seen = look.seen.filter(({ id }) => bucketOf(id, buckets) === bucket);
      const rules = { countsMisses: look.isComplete, isFirst: previous === undefined, mostEntities: 8 };
      const { batches, tally } = mergeBucket({ run: look.run, bucket: read, seen, ...rules }, { most: 3, piece: 2 });
      let { version } = read;
      for (const batch of batches) version = await states.write(bucket, { ...batch, version });
      run = { ...run, merged: bucket + 1, counts: withTallies(run.counts, [tally], 0) };
    }
    return run;
  };

  const put = async (run: Partial<Run> & { readonly id: RunId }) => {
    await index.save({ ...newRun(run.id), ...run }, (await index.read(run.id))?.version);
  };

  const whole: Stored = {
    index,
    states,
    clock,
    reading: createReading({ index, states, buckets, clock, ...(pageMs !== undefined && { pageMs }) }),
    put,
    async add(look) {
      const outcome = look.isComplete ? 'complete' : 'incomplete';
      const run: Run = { ...(await merged(look, buckets)), phase: 'finished', outcome };
      await put(run);
      return run;
    },
    async begin(look, count) {
      const run: Run = { ...(await merged(look, count)), phase: 'merging' };
      await put(run);
      return run;
    },
  };
  for (const look of history) await whole.add(look);
  return whole;
};

const newRun = (id: RunId): Run => ({
  id,
  startedAt: startOf(id),
  source: 'composed',
  phase: 'collecting',
  sourceChanged: false,
  lists: {},
  merged: 0,
  told: 0,
  counts: noCounts,
  cost: noCost,
  overdue: 0,
});

/** The same history of machines whose ids are whole, and spread over the buckets. */
export const spread = (history: History): History =>
  history.map((look) => ({
    ...look,
    seen: look.seen.map((state) => ({ ...state, id: spreadId(state.id) })).sort((a, b) => (a.id < b.id ? -1 : 1)),
  }));

export const spreadId = (id: string): string => [...id].reverse().join('').padEnd(40, '0');
