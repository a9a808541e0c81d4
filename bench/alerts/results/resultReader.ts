/** Who waits for the results: takes them from their queue as a playbook does, until told to stop. */
import type { QueueClient } from '@azure/storage-queue';
import type { Clock } from '../../../src/clock.ts';
import type { SeenEvents } from './seenEvents.ts';

export interface ResultReaderOptions {
  /** `enriched-alerts`. */
  readonly queue: QueueClient;
  readonly events: Pick<SeenEvents, 'note'>;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

const mostTaken = 32;
const hiddenSeconds = 60;
const idleMs = 100;
/** As many take and remove at a time; one alone would be slower than the gateway. */
const lanes = 3;

/** @returns when it was stopped */
export const readResults = async ({ queue, events, clock, signal }: ResultReaderOptions): Promise<void> => {
  await queue.createIfNotExists();
  const lane = async () => {
    while (!signal.aborted) {
      const options = { numberOfMessages: mostTaken, visibilityTimeout: hiddenSeconds };
      const { receivedMessageItems: taken } = await queue.receiveMessages(options);
      for (const { messageText } of taken) events.note(messageText, clock.monotonic());
      await Promise.all(taken.map(({ messageId, popReceipt }) => queue.deleteMessage(messageId, popReceipt)));
      if (taken.length === 0) await clock.sleep(idleMs, signal);
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
};
