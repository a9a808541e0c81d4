/** Operations whose answers have expired, removed: bodies first, then the record that names them, so that no body is left that nobody knows of. */
import type { Clock } from '../../clock.ts';
import type { Bodies } from '../../storage/bodies.ts';
import type { OperationStore } from '../operationStore.ts';
import { eachOf } from './eachOf.ts';

export interface SweepExpiredOptions {
  readonly store: Pick<OperationStore, 'list' | 'read' | 'remove'>;
  readonly bodies: Pick<Bodies, 'remove'>;
  readonly clock: Pick<Clock, 'wall'>;
  readonly isOver: () => boolean;
}

/** In one sweep; the next one goes on. */
const mostRemoved = 1000;

/** @returns how many @throws AggregateError as `eachOf` does */
export const sweepExpired = async ({ store, bodies, clock, isOver }: SweepExpiredOptions): Promise<number> => {
  return eachOf(await store.list('ended', clock.wall(), mostRemoved), isOver, async (id) => {
    const found = await store.read(id);
    if (!found) return false;
    for (const name of found.value.bodies) await bodies.remove(name);
    await store.remove(id);
    return true;
  });
};
