/**
 * Operations whose time has long come: their message is lost, or waits behind many others. They get one more with the same ticket, and which
 * comes first does the work; the message goes first, and only then is it noted. Those whose deadline is as long past have failed.
 */
import type { Clock } from '../../clock.ts';
import { Overtaken } from '../../storage/overtaken.ts';
import type { Queue } from '../../storage/queue.ts';
import { sendRun } from '../messages.ts';
import type { OperationStore } from '../operationStore.ts';
import type { End } from '../running/ending.ts';
import { notAnswered } from '../running/failure.ts';
import { eachOf } from './eachOf.ts';

export interface SweepOverdueOptions {
  readonly store: Pick<OperationStore, 'list' | 'read' | 'save'>;
  /** `operations-to-run`. */
  readonly queue: Queue;
  readonly end: End;
  /** Milliseconds by which an operation's time must be past; longer than one try takes. */
  readonly overdueMs: number;
  readonly clock: Pick<Clock, 'wall'>;
  readonly isOver: () => boolean;
}

/** In one sweep; the next one goes on. */
const mostSwept = 1000;

/** @returns how many got a message, or ended @throws AggregateError as `eachOf` does */
export const sweepOverdue = async (options: SweepOverdueOptions): Promise<number> => {
  const { store, queue, end, overdueMs, clock, isOver } = options;
  const before = clock.wall() - overdueMs;
  return eachOf(await store.list('waiting', before, mostSwept), isOver, async (id) => {
    const found = await store.read(id);
    if (found?.value.state !== 'waiting' || found.value.due >= before) return false;
    const { value, version } = found;
    if (value.deadline < before) {
      await end(id, 'failed', notAnswered(value, 'whoever had it to do did not come to an end'));
      return true;
    }
    await sendRun(queue, value);
    await store.save({ ...value, due: clock.wall() }, version).catch(unlessOvertaken);
    return true;
  });
};

/** Whoever was faster goes on with it. */
const unlessOvertaken = (fault: unknown): void => {
  if (!(fault instanceof Overtaken)) throw fault;
};
