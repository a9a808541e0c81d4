/** Alerts whose time has long come: their message is lost, or waits behind many others. They get one more; which comes first does the work. */
import type { Clock } from '../../clock.ts';
import type { Queue } from '../../storage/queue.ts';
import type { AlertStore } from '../alertStore.ts';
import { inParallel } from '../inParallel.ts';
import type { Ticketed } from '../messages.ts';
import { isFinal } from '../record.ts';
import { rewritten } from '../rewritten.ts';
import { sendAlerts } from '../sendAlerts.ts';

export interface SweepOverdueOptions {
  readonly store: AlertStore;
  /** `alerts-to-enrich`. */
  readonly queue: Queue;
  /** How long an alert's time must be past; more than a message's lease. */
  readonly overdueMs: number;
  readonly clock: Pick<Clock, 'wall'>;
}

/** In one sweep; the next one goes on. */
const mostSwept = 3000;
const mostAtOnce = 16;

/** @returns how many got a message */
export const sweepOverdue = async ({ store, queue, overdueMs, clock }: SweepOverdueOptions): Promise<number> => {
  const now = clock.wall();
  const overdue = await store.list('waiting', { dueBefore: now - overdueMs, top: mostSwept });
  const swept = await inParallel(overdue, mostAtOnce, async ({ key }): Promise<readonly Ticketed[]> => {
    let ticket: number | undefined;
    await rewritten(store, key, (record) => {
      const isOverdue = !isFinal(record) && record.due < now - overdueMs;
      ticket = isOverdue ? record.ticket : undefined;
      // Its message may still be somewhere, and keeps its place: both have the same ticket.
      return isOverdue ? { ...record, due: now } : record;
    });
    return ticket === undefined ? [] : [{ key, ticket }];
  });
  const alerts = swept.flat();
  await sendAlerts(queue, alerts);
  return alerts.length;
};
