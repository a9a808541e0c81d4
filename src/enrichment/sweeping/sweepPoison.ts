/**
 * Messages that the host gave up, because they were taken too often: mostly for instances that died with them. Their alerts go on, until it
 * has happened so often that it must be the alert itself; then it has failed, and can be replayed.
 */
import type { Clock } from '../../clock.ts';
import { inParallel } from '../../inParallel.ts';
import type { Log } from '../../log.ts';
import { type Draining, drained } from '../../storage/drained.ts';
import type { Queue } from '../../storage/queue.ts';
import type { AlertStore, Versioned } from '../alertStore.ts';
import type { Ending } from '../ending.ts';
import { readEnrichMessage, type Ticketed } from '../messages.ts';
import { type AlertRecord, isFinal } from '../record.ts';
import { sendAlerts } from '../sendAlerts.ts';
import { unlessOvertaken } from '../unlessOvertaken.ts';
import { readOrLog } from './readOrLog.ts';

export interface SweepPoisonOptions extends Pick<Draining, 'isOver'> {
  readonly store: Pick<AlertStore, 'read' | 'save'>;
  /** `alerts-to-enrich`. */
  readonly queue: Queue;
  /** `alerts-to-enrich-poison`. */
  readonly poison: Draining['poison'];
  readonly end: Ending;
  readonly clock: Pick<Clock, 'wall'>;
  readonly log: Log;
}

/** Each is five deaths or faults. */
const mostStrays = 5;
const againAfterSeconds = 10;
/** Of one message. */
const mostAtOnce = 16;

/** @returns how many messages were dealt with @throws AggregateError as `drained` does */
export const sweepPoison = (options: SweepPoisonOptions): Promise<number> =>
  drained(options, async (text) => {
    const message = readOrLog(text, readEnrichMessage, options.log);
    await inParallel(message?.alerts ?? [], mostAtOnce, (alert) => astray(alert, options));
    return 'done';
  });

/**
 * The message goes first, and has a ticket of its own: where another alert of the poisoned message fails, so that all of it comes again,
 * this one has nothing to do with it any more.
 */
const astray = async ({ key, ticket }: Ticketed, options: SweepPoisonOptions): Promise<void> => {
  const { store, queue, clock } = options;
  const found = await store.read(key);
  if (!found || isFinal(found.value) || ticket < found.value.ticket) return;
  const strays = found.value.strays + 1;
  const value = { ...found.value, strays, ticket: ticket + 1, due: clock.wall() };
  if (strays >= mostStrays) return unlessOvertaken(() => fail({ ...found, value }, options));
  await sendAlerts(queue, [{ key, ticket: value.ticket }], againAfterSeconds);
  await unlessOvertaken(() => store.save(value, found.version));
};

const fail = async (found: Versioned<AlertRecord>, { end, log }: SweepPoisonOptions): Promise<void> => {
  const reason = `its message was given up ${found.value.strays} times; the log says why. Replay it when that is mended`;
  const ended = { kind: 'ended', state: 'failed', reason, machines: [], unknownMachineIds: [], calls: 0 } as const;
  await end(found, ended, 'ifThere');
  log.error('An alert failed, because its message was given up too often', { alertId: found.value.alertId });
};
