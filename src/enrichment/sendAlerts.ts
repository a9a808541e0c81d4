import { inParallel } from '../inParallel.ts';
import type { Queue } from '../storage/queue.ts';
import { type EnrichMessage, mostInMessage, type Ticketed } from './messages.ts';

const mostAtOnce = 8;

/** Has alerts enriched: those that are sent together travel together. @param delaySeconds not before */
export const sendAlerts = async (queue: Queue, alerts: readonly Ticketed[], delaySeconds = 0): Promise<void> => {
  const messages = Array.from(
    { length: Math.ceil(alerts.length / mostInMessage) },
    (_, at): EnrichMessage => ({
      alerts: alerts.slice(at * mostInMessage, (at + 1) * mostInMessage),
    }),
  );
  await inParallel(messages, mostAtOnce, (message) => queue.send(JSON.stringify(message), delaySeconds));
};
