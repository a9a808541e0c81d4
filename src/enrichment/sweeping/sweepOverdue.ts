/**
 * Alerts whose time has long come: their message is lost, or waits behind many others. They get one more; which comes first does the work.
 * The message goes first, and only then is it noted: what fails in between has one message too many.
 */
import type { Clock } from '../../clock.ts';
import { inParallel } from '../../inParallel.ts';
import type { Draining } from '../../storage/drained.ts';
import type { Queue } from '../../storage/queue.ts';
import type { AlertStore, OpenAlert } from '../alertStore.ts';
import { mostInMessage } from '../messages.ts';
import { isFinal } from '../record.ts';
import { sendAlerts } from '../sendAlerts.ts';
import { unlessOvertaken } from '../unlessOvertaken.ts';

export interface SweepOverdueOptions extends Pick<Draining, 'isOver'> {
  readonly store: Pick<AlertStore, 'list' | 'read' | 'save'>;
  /** `alerts-to-enrich`. */
  readonly queue: Queue;
  /** How long an alert's time must be past; more than a message's lease. */
  readonly overdueMs: number;
  readonly clock: Pick<Clock, 'wall'>;
}

/** In one sweep; the next one goes on. */
const mostSwept = 3000;
const mostMessagesAtOnce = 4;

/** @returns how many got a message @throws AggregateError of those that could not, once all others have one */
export const sweepOverdue = async (options: SweepOverdueOptions): Promise<number> => {
  const { store, clock, overdueMs, isOver = () => false } = options;
  const dueBefore = clock.wall() - overdueMs;
  const overdue = await store.list('waiting', { dueBefore, top: mostSwept });
  const together = Array.from({ length: Math.ceil(overdue.length / mostInMessage) }, (_, at) =>
    overdue.slice(at * mostInMessage, (at + 1) * mostInMessage),
  );
  const faults: unknown[] = [];
  const swept = await inParallel(together, mostMessagesAtOnce, async (alerts) =>
    isOver() ? 0 : sweptTogether(alerts, dueBefore, faults, options),
  );
  if (faults.length > 0) throw new AggregateError(faults, `${faults.length} faults with alerts that are overdue`);
  return swept.reduce((sum, count) => sum + count, 0);
};

/** What goes into one message. @param faults is given one for each alert that can't be dealt with */
const sweptTogether = async (
  alerts: readonly OpenAlert[],
  dueBefore: number,
  faults: unknown[],
  { store, queue, clock }: SweepOverdueOptions,
): Promise<number> => {
  const looks = await Promise.allSettled(alerts.map(({ key }) => store.read(key)));
  const found = fulfilled(looks, faults).filter((one) => one !== undefined);
  const overdue = found.filter(({ value }) => !isFinal(value) && value.due < dueBefore);
  if (overdue.length === 0) return 0;
  // Its message may still be somewhere, and keeps its place: both have the same ticket.
  const tickets = overdue.map(({ value: { key, ticket } }) => ({ key, ticket }));
  const [sent] = await Promise.allSettled([sendAlerts(queue, tickets)]);
  if (fulfilled([sent], faults).length === 0) return 0;
  const notes = overdue.map(({ value, version }) =>
    unlessOvertaken(() => store.save({ ...value, due: clock.wall() }, version)),
  );
  fulfilled(await Promise.allSettled(notes), faults);
  return overdue.length;
};

const fulfilled = <T>(results: readonly PromiseSettledResult<T>[], faults: unknown[]): readonly T[] =>
  results.flatMap((result) => {
    if (result.status === 'fulfilled') return [result.value];
    faults.push(result.reason);
    return [];
  });
