/**
 * Results go out: at least once by each channel, with the same event each time. A row of the outbox is there until its result was delivered;
 * messages only say when to look at it, so that one too many does no harm, and one too few is made good by `sweep`.
 */
import type { Clock } from '../../clock.ts';
import { inParallel } from '../../inParallel.ts';
import type { Log } from '../../log.ts';
import type { Draining } from '../../storage/drained.ts';
import type { Queue } from '../../storage/queue.ts';
import { told } from '../../toldFault.ts';
import type { AlertStore, ListOptions, Versioned } from '../alertStore.ts';
import type { Delivery } from '../delivery.ts';
import type { DeliverMessage, TicketedDelivery } from '../messages.ts';
import { unlessOvertaken } from '../unlessOvertaken.ts';
import { readAlertEvent } from './alertEvent.ts';
import { type BackOff, dayLong } from './backOff.ts';
import type { Channel, Sent } from './channel.ts';
import { putBack } from './putBack.ts';
import { sendTicket, sendTickets } from './sendTicket.ts';

export interface Delivering {
  /**
   * One try of each delivery of a message. Where storage fails, it is put back.
   *
   * @throws where storage does not take that, either: then the message has to come again
   */
  deliver(message: DeliverMessage): Promise<void>;
  /** A message was given up, because it was taken too often: a try that failed, as others do. @throws where storage fails */
  astray(message: DeliverMessage): Promise<void>;
  /** Sends the messages of new rows. Never rejects: what is not sent, `sweep` finds. */
  sendAll(deliveries: readonly Delivery[]): Promise<void>;
  /**
   * Sends new messages for rows that should have been tried long ago, and notes that it did.
   *
   * @returns for how many
   */
  sweep(options: SweepOptions): Promise<number>;
}

export interface SweepOptions extends Pick<ListOptions, 'top'>, Pick<Draining, 'isOver'> {
  /** Milliseconds past its time, after which a row has no message left, or one that waits too long. */
  readonly overdueMs: number;
}

export interface DeliveringOptions {
  readonly store: Pick<AlertStore, 'result' | 'delivery' | 'saveDelivery' | 'removeDelivery' | 'deliveries'>;
  /** Those that are configured. */
  readonly channels: readonly Channel[];
  /** `results-to-deliver`. */
  readonly queue: Queue;
  readonly clock: Pick<Clock, 'wall'>;
  readonly log: Log;
  /** At least 0, below 1. */
  readonly random?: () => number;
  readonly backOff?: BackOff;
}

/** After a fault of the storage; the message would come back at once, and be given up after five times. */
const faultDelaySeconds = 20;
const givenUpByHost = 'its message was taken too often: instances died of it, or storage failed';
const mostSweptAtOnce = 16;
/** Of one message. */
const mostAtOnce = 8;

export const createDelivering = (options: DeliveringOptions): Delivering => {
  const parts = { random: Math.random, backOff: dayLong, ...options };
  const { store, channels, queue, clock, log } = parts;

  const attempt = async ({ key, sequence, channel: name }: Delivery): Promise<Sent> => {
    const channel = channels.find((one) => one.name === name);
    if (!channel) return { kind: 'refused', reason: `the channel ${name} is not set up any more` };
    const event = readAlertEvent((await store.result(key, sequence)) ?? '');
    return event ? channel.send(event) : { kind: 'refused', reason: 'the result is not kept any more, or broken' };
  };

  const tryOnce = async (message: TicketedDelivery, work: (row: Delivery) => Promise<Sent>): Promise<void> => {
    const row = await store.delivery(message);
    if (!row || row.value.isGivenUp || message.ticket < row.value.ticket) return;
    const triedSince = row.value.triedSince || clock.wall();
    // What keeps a result from being read may last, and is to end with the day as all else does.
    const sent = await work(row.value).catch((fault: unknown): Sent => ({ kind: 'failed', reason: told(fault) }));
    if (sent.kind === 'sent') return store.removeDelivery(row.value);
    const tried = { ...row.value, ticket: message.ticket, tries: row.value.tries + 1, triedSince };
    await unlessOvertaken(() => putBack({ ...row, value: tried }, sent, parts));
  };

  /** The ticket stays: a message that is still in a long queue counts, too, and whichever comes first does the work. */
  const sendAgain = async ({ value, version }: Versioned<Delivery>): Promise<void> => {
    await sendTicket(queue, value);
    await unlessOvertaken(() => store.saveDelivery({ ...value, due: clock.wall() }, version));
  };

  const deliverOne = (delivery: TicketedDelivery): Promise<void> =>
    tryOnce(delivery, attempt).catch(async (fault: unknown) => {
      const { key, sequence, channel } = delivery;
      log.warn('A delivery is put back after a fault', { key, sequence, channel, fault: told(fault) });
      await sendTicket(queue, delivery, faultDelaySeconds);
    });

  const failOne = (delivery: TicketedDelivery): Promise<void> =>
    tryOnce(delivery, async () => ({ kind: 'failed', reason: givenUpByHost }));

  return {
    async deliver({ deliveries }) {
      await inParallel(deliveries, mostAtOnce, deliverOne);
    },

    async astray({ deliveries }) {
      await inParallel(deliveries, mostAtOnce, failOne);
    },

    async sendAll(deliveries) {
      await sendTickets(queue, deliveries).catch((fault: unknown) => {
        const results = deliveries.length;
        log.warn('Results are delivered later: the queue did not take them', { results, fault: told(fault) });
      });
    },

    async sweep({ overdueMs, top, isOver = () => false }) {
      const dueBefore = clock.wall() - overdueMs;
      const overdue = await store.deliveries({ dueBefore, top });
      const sent = await inParallel(overdue, mostSweptAtOnce, async (id) => {
        if (isOver()) return false;
        const row = await store.delivery(id);
        const isOverdue = row !== undefined && !row.value.isGivenUp && row.value.due < dueBefore;
        if (isOverdue) await sendAgain(row);
        return isOverdue;
      });
      return sent.filter(Boolean).length;
    },
  };
};
