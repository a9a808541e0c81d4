import { inParallel } from '../../inParallel.ts';
import type { Queue } from '../../storage/queue.ts';
import { type DeliverMessage, mostInMessage, type TicketedDelivery } from '../messages.ts';

const mostAtOnce = 8;

/** Has a delivery tried, with this ticket. @param seconds not before */
export const sendTicket = (queue: Queue, delivery: TicketedDelivery, seconds = 0): Promise<void> =>
  sendTickets(queue, [delivery], seconds);

/** The same of several, which travel together. */
export const sendTickets = async (
  queue: Queue,
  deliveries: readonly TicketedDelivery[],
  seconds = 0,
): Promise<void> => {
  const tickets = deliveries.map(({ key, sequence, channel, ticket }) => ({ key, sequence, channel, ticket }));
  const messages = Array.from(
    { length: Math.ceil(tickets.length / mostInMessage) },
    (_, at): DeliverMessage => ({
      deliveries: tickets.slice(at * mostInMessage, (at + 1) * mostInMessage),
    }),
  );
  await inParallel(messages, mostAtOnce, (message) => queue.send(JSON.stringify(message), seconds));
};
