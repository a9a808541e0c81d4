import type { DequeuedMessageItem, QueueClient } from '@azure/storage-queue';
import { type Clock, systemClock } from '../clock.ts';
import type { QueueAccount } from './queueAccount.ts';
import type { QueueReader, TakenMessage } from './queueReader.ts';
import { storageQueueClient } from './storageQueueClient.ts';
import { inTime, retrying, type Within } from './tableRetries.ts';
import { unless } from './tableService.ts';

/** 400 is the receipt of somebody who had the message before. */
const goneOrTaken = [400, 404];

/**
 * A queue of a storage account, to be read. Where the answer to a take is lost, it is asked again, and what the first one took is there
 * again in its time.
 */
export const storageQueueReader = (
  account: QueueAccount,
  name: string,
  { clock = systemClock }: { readonly clock?: Pick<Clock, 'sleep'> } = {},
): QueueReader => {
  const client = storageQueueClient(account, name);
  const ask = async <T>(expected: readonly number[], one: (queue: QueueClient, within: Within) => Promise<T>) => {
    const queue = await client();
    return unless(expected, () => retrying(clock, () => inTime(clock, (within) => one(queue, within))));
  };
  const taken = ({ messageId, popReceipt, messageText: text }: DequeuedMessageItem): TakenMessage => ({
    text,
    async remove() {
      await ask(goneOrTaken, (queue, within) => queue.deleteMessage(messageId, popReceipt, within));
    },
  });
  return {
    async take(most, hiddenSeconds) {
      const options = { numberOfMessages: most, visibilityTimeout: hiddenSeconds };
      const got = await ask([404], (queue, within) => queue.receiveMessages({ ...options, ...within }));
      return got?.receivedMessageItems.map(taken) ?? [];
    },
    async length() {
      const properties = await ask([404], (queue, within) => queue.getProperties(within));
      return properties?.approximateMessagesCount ?? 0;
    },
  };
};
