/**
 * A queue of a storage account, made when it is first needed and is not there. A message is sent at least once: where the answer to a
 * send is lost, it is sent again.
 */
import type { QueueClient } from '@azure/storage-queue';
import { type Clock, systemClock } from '../clock.ts';
import { checkSize } from './messageSize.ts';
import { type Queue, wholeDelay } from './queue.ts';
import type { QueueAccount } from './queueAccount.ts';
import { storageQueueClient } from './storageQueueClient.ts';
import { inTime, type Within } from './tableRetries.ts';
import { statusOf } from './tableService.ts';

export interface QueueOptions {
  /** How texts stand in the queue: `base64`, as queue triggers of Functions and Logic Apps expect them, or as they are. */
  readonly encoding?: 'base64' | 'plain';
  /** How long a message stays that nobody removes, from when it can be seen; -1 without end. A week unless told ("Put Message"). */
  readonly liveSeconds?: number;
  readonly clock?: Pick<Clock, 'sleep'>;
  /** Milliseconds that one attempt may take. */
  readonly answerWithinMs?: number;
}

type InTime = <T>(ask: (within: Within) => Promise<T>) => Promise<T>;

const mostAttempts = 4;
/** Milliseconds before the second attempt; then each time twice as long. */
const firstWait = 500;
const weekSeconds = 7 * 24 * 3600;

/** @param name 3 to 63 lower case letters, digits and single hyphens ("Naming queues and metadata") */
export const storageQueue = (
  account: QueueAccount,
  name: string,
  { encoding = 'base64', liveSeconds = weekSeconds, clock = systemClock, answerWithinMs = 10_000 }: QueueOptions = {},
): Queue => {
  const client = storageQueueClient(account, name);
  const once: InTime = (ask) => inTime(clock, ask, answerWithinMs);
  return {
    async send(text, delaySeconds = 0) {
      checkSize(text);
      const message = encoding === 'base64' ? Buffer.from(text).toString('base64') : text;
      const visibilityTimeout = wholeDelay(delaySeconds);
      const messageTimeToLive = liveSeconds === -1 ? -1 : visibilityTimeout + liveSeconds;
      const queue = await client();
      const send = (within: Within) => queue.sendMessage(message, { visibilityTimeout, messageTimeToLive, ...within });
      await withRetries(clock, () => sendTo(queue, send, once)).catch((cause: unknown) => {
        throw new Error(`the queue ${name} took no message`, { cause });
      });
    },
  };
};

const sendTo = async (client: QueueClient, send: (within: Within) => Promise<unknown>, once: InTime): Promise<void> => {
  try {
    await once(send);
  } catch (fault) {
    if (statusOf(fault) !== 404) throw fault;
    await once((within) => client.createIfNotExists(within));
    await once(send);
  }
};

const withRetries = async (clock: Pick<Clock, 'sleep'>, attempt: () => Promise<void>): Promise<void> => {
  for (let tried = 1; ; tried++) {
    try {
      return await attempt();
    } catch (fault) {
      if (tried === mostAttempts || !mayPass(fault)) throw fault;
      await clock.sleep(firstWait * 2 ** (tried - 1));
    }
  }
};

/** A fault without a status: the service could not be reached, or did not answer in time. 409: the queue is being deleted. */
const mayPass = (fault: unknown): boolean => {
  const status = statusOf(fault);
  return status === undefined || [408, 409, 429].includes(status) || status >= 500;
};
