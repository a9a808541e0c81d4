import type { Queue } from '../../storage/queue.ts';
import type { DeliverMessage } from '../messages.ts';

/** Has a delivery tried, with this ticket. @param seconds not before */
export const sendTicket = (
  queue: Queue,
  { key, sequence, channel, ticket }: DeliverMessage,
  seconds = 0,
): Promise<void> => queue.send(JSON.stringify({ key, sequence, channel, ticket } satisfies DeliverMessage), seconds);
