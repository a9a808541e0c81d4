/** A store in memory that a history was played into, what can be read of it, and prunings that are killed at a write. */

import { statesAsOf } from '../../../src/snapshots/asOf/undo.ts';
import { bucketOf } from '../../../src/snapshots/buckets.ts';
import type { KeptState } from '../../../src/snapshots/keptState.ts';
import { mergeBucket } from '../../../src/snapshots/merge/mergeBucket.ts';
import { createPruning, type PruneResult } from '../../../src/snapshots/pruning/pruning.ts';
import { isStored, noCost, noCounts, type Run } from '../../../src/snapshots/run.ts';
import { instantOfRun, type RunId, startOf } from '../../../src/snapshots/runId.ts';
import type { RunIndex } from '../../../src/snapshots/runIndex.ts';
import type { SecurityState } from '../../../src/snapshots/securityState.ts';
import type { StateStore } from '../../../src/snapshots/stateStore.ts';
import { memoryLeases } from '../../../src/snapshots/store/memoryLeases.ts';
import { memoryRunIndex } from '../../../src/snapshots/store/memoryRunIndex.ts';
import { memoryStates } from '../../../src/snapshots/store/memoryStates.ts';
import { fakeClock } from '../../support/fakeClock.ts';
import { recordedLog } from '../../support/recordedLog.ts';
import type { History, Look } from '../support/histories.ts';

export const buckets = 4;

/** `failed` saw nothing. The last of a history may be under way. */
export type Ending = 'stored' | 'failed' | 'underWay';

export class Killed extends Error {}

export const createStore = () => {
  const clock = fakeClock();
  const log = recordedLog();
  const kill = { afterWrites: Number.POSITIVE_INFINITY, isBefore: false };
  const counted = (isBefore: boolean) => () => {
    if (kill.isBefore !== isBefore) return;
    if (kill.afterWrites === 0) throw new Killed();
    kill.afterWrites -= 1;
  };
  const writes = { beforeWrite: counted(true), afterWrite: counted(false) };
  const stores = { index: memoryRunIndex(writes), states: memoryStates(writes) };

  return {
    ...stores,
    clock,
    log,
    /** Prunes as if the clock stood there. @param kills after how many writes, and before or behind the last of them */
    async prune(
      now: number,
      retentionDays: number,
      killed?: { readonly afterWrites: number; readonly isBefore: boolean },
    ) {
      Object.assign(kill, killed);
      const pruning = createPruning({
        ...stores,
        // A process that is killed leaves its lease; the next comes when it is over.
        leases: memoryLeases({ clock, leaseMs: 60_000 }),
        retentionDays,
        buckets,
        clock: { wall: () => now, monotonic: clock.monotonic },
        log,
      });
      const result = await pruning.prune().catch((fault: unknown): 'killed' => {
        if (fault instanceof Killed) return 'killed';
        throw fault;
      });
      kill.afterWrites = Number.POSITIVE_INFINITY;
      return result as PruneResult | 'killed';
    },
  };
};

type Stores = { readonly index: RunIndex; readonly states: StateStore };

/** Plays a history into the store, as runs do. */
export const play = async ({ index, states }: Stores, history: History, endings: readonly Ending[]): Promise<void> => {
  let previous: RunId | undefined;
  for (const [at, look] of history.entries()) {
    const ending = endings[at] ?? 'stored';
    const run = runOf(look, ending, previous);
    if (ending !== 'failed') await merge(states, look, previous === undefined);
    await index.save(run, undefined);
    if (isStored(run)) previous = run.id;
  }
};

const runOf = ({ run: id, isComplete }: Look, ending: Ending, previous: RunId | undefined): Run => ({
  id,
  startedAt: startOf(id),
  source: 'composed',
  phase: ending === 'underWay' ? 'merging' : 'finished',
  outcome: ending === 'underWay' ? undefined : ending === 'failed' ? 'failed' : isComplete ? 'complete' : 'incomplete',
  previous,
  sourceChanged: false,
  lists: {},
  merged: 0,
  told: 0,
  counts: noCounts,
  cost: noCost,
  overdue: 0,
});

const merge = async (states: StateStore, { run, isComplete, seen }: Look, isFirst: boolean): Promise<void> => {
  for (const bucket of await states.read(0, buckets)) {
    const ofBucket = spread(seen).filter(({ id }) => bucketOf(id, buckets) === bucket.bucket);
    const { batches } = mergeBucket({
      run,
      bucket,
      seen: ofBucket,
      countsMisses: isComplete,
      isFirst,
      mostEntities: 5,
    });
    let { version } = bucket;
    for (const batch of batches) version = await states.write(bucket.bucket, { ...batch, version });
  }
};

/** Histories count their machines; here their ids are read backwards, so that they fall into all buckets. */
const spread = (seen: readonly SecurityState[]): readonly SecurityState[] =>
  seen.map((state) => ({ ...state, id: [...state.id].reverse().join('') })).sort((a, b) => (a.id < b.id ? -1 : 1));

/** The fleet as it was when a run had ended. */
export const asOf = async (states: StateStore, run: RunId): Promise<readonly KeptState[]> => {
  const found: KeptState[] = [];
  for (const bucket of await states.read(0, buckets)) {
    found.push(...statesAsOf(bucket, await states.changes(bucket.bucket, { after: run })));
  }
  return found;
};

export const runsOf = (index: RunIndex): Promise<readonly Run[]> => index.list({ top: 1000 });

/** The run that can be asked for first; without a floor, all can. */
export const floorOf = async (index: RunIndex): Promise<RunId> => String((await index.note('floor'))?.run ?? '');

/** Milliseconds since 1970. */
export const instantOf = (run: RunId): number => instantOfRun(run) ?? Number.NaN;
