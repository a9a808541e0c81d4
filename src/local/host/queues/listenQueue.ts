/** One queue trigger: looks for messages, ever more rarely while there are none, and works on several at a time. */
import { backOff } from '../triggers/backOff.ts';
import { saying } from '../triggers/storageFault.ts';
import type { QueueMessage } from './messageQueue.ts';
import { processMessage, type QueueWork } from './processMessage.ts';
import { minPollingIntervalMs } from './queueSettings.ts';

export interface QueueListener {
  /** Looks for messages now rather than when the wait is over. */
  wake(): void;
  /** Resolves when it has stopped and nothing runs any more. */
  readonly ended: Promise<void>;
}

/** Listens until `stopping` is aborted; what was taken by then is worked on to its end. */
export const listenQueue = (work: QueueWork, random: () => number, stopping: AbortSignal): QueueListener => {
  const running = new Set<Promise<void>>();
  const waits = backOff(minPollingIntervalMs, work.settings.maxPollingIntervalMs, random);
  let woken = new AbortController();
  const wake = () => woken.abort();
  stopping.addEventListener('abort', wake, { once: true });

  const rest = async (foundSome: boolean) => {
    await work.clock.sleep(waits.next(foundSome), woken.signal);
    woken = new AbortController();
  };
  const begin = (message: QueueMessage) => {
    const task = handle(work, message).finally(() => running.delete(task));
    running.add(task);
  };
  const listen = async () => {
    for (let foundSome = false; !stopping.aborted; ) {
      const messages = await take(work);
      for (const message of messages) begin(message);
      while (running.size > work.settings.newBatchThreshold) await Promise.race(running);
      if (messages.length === 0) await rest(foundSome);
      foundSome = messages.length > 0;
    }
    await Promise.all(running);
  };
  return { wake, ended: listen() };
};

const take = async ({ queue, settings, hiddenSeconds, log }: QueueWork): Promise<readonly QueueMessage[]> => {
  try {
    return await queue.receive(settings.batchSize, hiddenSeconds);
  } catch (error) {
    log.warn('a queue cannot be read', { queue: queue.name, said: saying(error) });
    return [];
  }
};

const handle = async (work: QueueWork, message: QueueMessage): Promise<void> => {
  try {
    await processMessage(work, message);
  } catch (error) {
    const about = { queue: work.queue.name, messageId: message.id, said: saying(error) };
    work.log.error('a message could not be brought to its end', about);
  }
};
