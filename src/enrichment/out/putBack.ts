/** What becomes of a delivery that failed: another try, for which a message is sent before the row says so, or none. */
import type { Clock } from '../../clock.ts';
import type { Log } from '../../log.ts';
import type { Queue } from '../../storage/queue.ts';
import { told } from '../../toldFault.ts';
import type { AlertStore, Versioned } from '../alertStore.ts';
import type { Delivery } from '../delivery.ts';
import { type BackOff, nextTry } from './backOff.ts';
import type { Sent } from './channel.ts';
import { sendTicket } from './sendTicket.ts';

export interface PuttingBack {
  readonly store: Pick<AlertStore, 'saveDelivery'>;
  readonly queue: Queue;
  readonly clock: Pick<Clock, 'wall'>;
  readonly log: Log;
  /** At least 0, below 1. */
  readonly random: () => number;
  readonly backOff: BackOff;
}

export type NotSent = Exclude<Sent, { kind: 'sent' }>;

/** @param row with the try that failed @throws where neither a message was sent nor the end written */
export const putBack = async (row: Versioned<Delivery>, sent: NotSent, options: PuttingBack): Promise<void> => {
  const { store, queue, clock, log, random, backOff } = options;
  const { ticket, ...tried } = { ...row.value, reason: sent.reason };
  const now = clock.wall();
  const seconds = sent.kind === 'failed' ? nextTry(tried, { ...sent, now, random: random() }, backOff) : undefined;
  if (seconds === undefined) {
    await store.saveDelivery({ ...tried, ticket, isGivenUp: true }, row.version);
    log.error('A result was not delivered, and is given up', fieldsOf(tried));
    return;
  }
  const next = { ...tried, ticket: ticket + 1, due: now + seconds * 1000 };
  await sendTicket(queue, next, seconds);
  log.warn('A result was not delivered, and is tried again', { ...fieldsOf(tried), seconds });
  // The message is on its way: were this try to come again because the row stays behind, there would be two.
  await store.saveDelivery(next, row.version).catch((fault: unknown) => {
    log.warn('A delivery was not noted', { key: tried.key, channel: tried.channel, fault: told(fault) });
  });
};

const fieldsOf = ({ key, sequence, channel, tries, reason }: Omit<Delivery, 'ticket'>) => ({
  key,
  sequence,
  channel,
  tries,
  reason,
});
