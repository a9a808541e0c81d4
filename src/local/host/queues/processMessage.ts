/** One message from its receipt to its end: removed, given back for a further try, or moved to the poison queue. */
import type { Clock } from '../../../clock.ts';
import type { Log } from '../../../log.ts';
import type { Invoker } from '../invoker.ts';
import { keepHidden } from './keepHidden.ts';
import { decodeBody } from './messageBody.ts';
import type { MessageQueue, MessageReceipt, QueueMessage } from './messageQueue.ts';
import { queueInvocation } from './queueInvocation.ts';
import type { QueueSettings } from './queueSettings.ts';
import type { QueueTrigger } from './queueTrigger.ts';

export interface QueueWork {
  readonly trigger: QueueTrigger;
  readonly settings: QueueSettings;
  readonly queue: MessageQueue;
  /** `undefined` for a queue that has none: one that is a poison queue itself, or whose name is too long for it. */
  readonly poison: MessageQueue | undefined;
  readonly invoker: Invoker;
  /** For how long a message is hidden while it is worked on, renewed at half of it. */
  readonly hiddenSeconds: number;
  readonly clock: Clock;
  readonly log: Log;
  /** When aborted, the host is gone as far as the queue can tell: what still runs leaves its message as it is. */
  readonly abandoned: AbortSignal;
  /** Told of a queue that has a new message. */
  notify(queueName: string): void;
}

/** @throws when the storage does not answer; the message then reappears by itself */
export const processMessage = async (work: QueueWork, message: QueueMessage): Promise<void> => {
  const { queue, settings } = work;
  if (message.dequeueCount > settings.maxDequeueCount) return toPoison(work, message, 'was taken too often');
  const body = decodeBody(message.text, work.trigger.encoding);
  if (body.kind === 'undecodable') return toPoison(work, message, 'is not base64');
  const hidden = keepHidden(work, message);
  const hasSucceeded = await run(work, message, body.bytes);
  const popReceipt = await hidden.end();
  if (work.abandoned.aborted) return;
  const receipt = { id: message.id, popReceipt };
  if (hasSucceeded) await queue.remove(receipt);
  else if (message.dequeueCount >= settings.maxDequeueCount) {
    await toPoison(work, { ...message, ...receipt }, 'failed too often');
  } else await giveBack(work, receipt);
};

const run = async ({ trigger, invoker, log }: QueueWork, message: QueueMessage, bytes: Buffer): Promise<boolean> => {
  const invocation = queueInvocation(trigger, message, bytes);
  if (invocation) return (await invoker.invoke(invocation)).kind === 'succeeded';
  log.error('a message is not UTF-8 text', { queue: trigger.queueName, messageId: message.id });
  return false;
};

/** Without a poison queue it stays hidden until its time is over, so that it does not come back at once for ever. */
const giveBack = async ({ queue, poison, settings }: QueueWork, receipt: MessageReceipt): Promise<void> => {
  if (poison) await queue.hide(receipt, Math.ceil(settings.visibilityTimeoutMs / 1_000));
};

const toPoison = async ({ queue, poison, log, notify }: QueueWork, message: QueueMessage, why: string) => {
  const about = { queue: queue.name, messageId: message.id, dequeueCount: message.dequeueCount, why };
  log.warn(poison ? 'a message goes to the poison queue' : 'a message has no poison queue to go to', about);
  if (!poison) return;
  await poison.send(message.text);
  await queue.remove(message);
  notify(poison.name);
};
