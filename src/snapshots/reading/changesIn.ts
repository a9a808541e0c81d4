/** What changed in some buckets from one run to another, a window of runs at a time. */
import { netChanges } from '../asOf/netChanges.ts';
import { type Change, idOf } from '../change.ts';
import type { Stretch } from '../running/stretches.ts';
import type { StateStore } from '../stateStore.ts';
import type { InBucket } from './fleet.ts';
import type { Window } from './windows.ts';

type Store = Pick<StateStore, 'changes'>;

/**
 * Costs a transaction for each bucket, and for each window of runs in it.
 *
 * @param windows newest first
 * @returns one change for each machine, sorted by id
 */
export const changesIn = async (
  states: Store,
  { from, to }: Stretch,
  windows: readonly Window[],
): Promise<readonly InBucket<Change>[]> => {
  const found: InBucket<Change>[] = [];
  for (let bucket = from; bucket < to; bucket += 1) {
    found.push({ bucket, items: await netOf(states, bucket, windows) });
  }
  return found;
};

const netOf = async (states: Store, bucket: number, windows: readonly Window[]): Promise<readonly Change[]> => {
  const net = new Map<string, Change>();
  for (const { range } of windows) {
    for (const { changes } of await states.changes(bucket, range)) {
      for (const change of changes) {
        const id = idOf(change);
        const newer = net.get(id);
        net.set(id, newer ? { before: change.before, after: newer.after } : change);
      }
    }
  }
  const changes = [...net.values()].filter(({ before, after }) => before ?? after);
  return netChanges([{ run: '', changes }]);
};
