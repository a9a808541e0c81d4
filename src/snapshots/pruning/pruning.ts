/**
 * Keeps what is stored bounded: of runs older than the retention, changes and rows of the index go. States that still hold are not touched,
 * nor is since when they hold. First the floor is written, so that nobody asks for what is about to go; everything after may end anywhere, and
 * is done by the next pruning.
 */
import type { Clock } from '../../clock.ts';
import type { Log } from '../../log.ts';
import type { HeldLease, Leases } from '../lease.ts';
import { type RunId, runIdAt } from '../runId.ts';
import type { RunIndex } from '../runIndex.ts';
import type { StateStore } from '../stateStore.ts';
import { floorOf, laterOf } from './floor.ts';
import { oldRuns } from './oldRuns.ts';

export interface PruningParts {
  readonly index: Pick<RunIndex, 'list' | 'remove' | 'note' | 'keepNote'>;
  readonly states: Pick<StateStore, 'forget'>;
  readonly leases: Leases;
  /** Runs of these last days are kept, and the one before them. */
  readonly retentionDays: number;
  readonly buckets: number;
  readonly clock: Pick<Clock, 'wall' | 'monotonic'>;
  readonly log: Log;
  /** Milliseconds after which nothing more is begun. */
  readonly sliceMs?: number;
}

export interface Pruning {
  prune(): Promise<PruneResult>;
}

export type PruneResult =
  | ({ readonly kind: 'pruned' } & Pruned)
  /** Its time was over, or its lease was lost: the next one does the rest. */
  | ({ readonly kind: 'brokenOff' } & Pruned)
  /** No stored run is older than the retention. */
  | { readonly kind: 'nothing' }
  /** Another process is at it. */
  | { readonly kind: 'busy' };

export interface Pruned {
  readonly floor: RunId;
  /** Entities of changes that were removed. */
  readonly changes: number;
  readonly runs: number;
}

const dayMs = 86_400_000;
const runsAtOnce = 100;

export const createPruning = (parts: PruningParts): Pruning => ({
  async prune() {
    const { leases, clock, log, sliceMs = Number.POSITIVE_INFINITY } = parts;
    const startedAt = clock.monotonic();
    const lease = await leases.take('prune');
    if (!lease) return { kind: 'busy' };
    const mayGoOn = () => lease.isHeld() && clock.monotonic() - startedAt < sliceMs;
    try {
      const result = await pruneWith(parts, lease, mayGoOn);
      if (result.kind !== 'nothing')
        log.info('Old snapshots were removed', { ...result, seconds: secondsSince(startedAt, clock) });
      return result;
    } finally {
      await lease.release().catch(() => undefined);
    }
  },
});

const pruneWith = async (parts: PruningParts, lease: HeldLease, mayGoOn: () => boolean): Promise<PruneResult> => {
  const { index, clock, retentionDays } = parts;
  const edge = runIdAt(clock.wall() - retentionDays * dayMs);
  const last = await lastFloor(index);
  const older = await oldRuns(index, laterOf(edge, last));
  const floor = floorOf(older, edge, last);
  if (floor === undefined) return { kind: 'nothing' };
  if (!lease.isHeld()) return { kind: 'brokenOff', floor, changes: 0, runs: 0 };
  if (floor !== last) await index.keepNote('floor', { run: floor });
  const gone = older.filter(({ id, isFinished }) => isFinished && id < floor).map(({ id }) => id);
  return remove(parts, { floor, gone }, mayGoOn);
};

const lastFloor = async (index: PruningParts['index']): Promise<RunId | undefined> => {
  const { run } = (await index.note('floor')) ?? {};
  return typeof run === 'string' ? run : undefined;
};

/** Changes before runs: as long as a run is in the index, its changes are looked for. @param gone newest first */
const remove = async (
  { states, index, buckets }: PruningParts,
  { floor, gone }: { readonly floor: RunId; readonly gone: readonly RunId[] },
  mayGoOn: () => boolean,
): Promise<PruneResult> => {
  let changes = 0;
  let runs = 0;
  for (let bucket = 0; bucket < buckets; bucket++) {
    if (!mayGoOn()) return { kind: 'brokenOff', floor, changes, runs };
    changes += await states.forget(bucket, floor);
  }
  const oldestFirst = gone.toReversed();
  for (; runs < oldestFirst.length; runs = Math.min(runs + runsAtOnce, oldestFirst.length)) {
    if (!mayGoOn()) return { kind: 'brokenOff', floor, changes, runs };
    await index.remove(oldestFirst.slice(runs, runs + runsAtOnce));
  }
  return { kind: 'pruned', floor, changes, runs };
};

const secondsSince = (startedAt: number, { monotonic }: Pick<Clock, 'monotonic'>): number =>
  Math.round((monotonic() - startedAt) / 100) / 10;
