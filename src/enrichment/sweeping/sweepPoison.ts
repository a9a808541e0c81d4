/**
 * Messages that the host gave up, because they were taken too often: mostly for instances that died with them. Their alerts go on, until it
 * has happened so often that it must be the alert itself; then it has failed, and can be replayed.
 */
import type { Clock } from '../../clock.ts';
import type { Log } from '../../log.ts';
import { Overtaken } from '../../storage/overtaken.ts';
import type { Queue } from '../../storage/queue.ts';
import type { QueueReader } from '../../storage/queueReader.ts';
import type { AlertStore, Versioned } from '../alertStore.ts';
import type { Ending } from '../ending.ts';
import { type EnrichMessage, readEnrichMessage, type Ticketed } from '../messages.ts';
import { type AlertRecord, isFinal } from '../record.ts';
import { rewritten } from '../rewritten.ts';
import { sendAlerts } from '../sendAlerts.ts';

export interface SweepPoisonOptions {
  readonly store: AlertStore;
  /** `alerts-to-enrich`. */
  readonly queue: Queue;
  /** `alerts-to-enrich-poison`. */
  readonly poison: QueueReader;
  readonly end: Ending;
  readonly clock: Pick<Clock, 'wall'>;
  readonly log: Log;
}

const mostTaken = 32;
const mostRounds = 20;
const hiddenSeconds = 120;
/** Each is five deaths or faults. */
const mostStrays = 5;
const againAfterSeconds = 10;

/** @returns how many messages were taken */
export const sweepPoison = async (options: SweepPoisonOptions): Promise<number> => {
  let taken = 0;
  for (let round = 0; round < mostRounds; round += 1) {
    const messages = await options.poison.take(mostTaken, hiddenSeconds);
    if (messages.length === 0) break;
    taken += messages.length;
    for (const { text, remove } of messages) {
      const message = readOrLog(text, options.log);
      for (const alert of message?.alerts ?? []) await astray(alert, options);
      await remove();
    }
  }
  return taken;
};

/** Nothing but the gateway writes there, so that it names no alert that would be lost with it. */
const readOrLog = (text: string, log: Log): EnrichMessage | undefined => {
  try {
    return readEnrichMessage(JSON.parse(text));
  } catch (fault) {
    log.error('A message that names no alerts was given up', { text: text.slice(0, 1000), fault: String(fault) });
    return undefined;
  }
};

const astray = async (
  { key, ticket }: Ticketed,
  { store, queue, end, clock, log }: SweepPoisonOptions,
): Promise<void> => {
  let isNewest = false;
  const found = await rewritten(store, key, (record) => {
    isNewest = !isFinal(record) && ticket >= record.ticket;
    return isNewest ? { ...record, strays: record.strays + 1, due: clock.wall() } : record;
  });
  if (!found || !isNewest) return;
  if (found.value.strays < mostStrays)
    return sendAlerts(queue, [{ key, ticket: found.value.ticket }], againAfterSeconds);
  await fail(found, end);
  log.error('An alert failed, because its message was given up too often', { alertId: found.value.alertId });
};

const fail = async (found: Versioned<AlertRecord>, end: Ending): Promise<void> => {
  const reason = `its message was given up ${found.value.strays} times; the log says why. Replay it when that is mended`;
  const ended = { kind: 'ended', state: 'failed', reason, machines: [], unknownMachineIds: [], calls: 0 } as const;
  await end(found, ended).catch((fault: unknown) => {
    if (!(fault instanceof Overtaken)) throw fault;
  });
};
