import { randomUUID } from 'node:crypto';
import type { Invocation, TypedData } from '../invoker.ts';
import { instantText, lastInstant } from '../triggers/instantText.ts';
import { textOf } from './messageBody.ts';
import type { QueueMessage } from './messageQueue.ts';
import type { QueueTrigger } from './queueTrigger.ts';

/**
 * The run of a function for a message, as the programming model takes it: an object where the text is JSON, and the
 * message's own properties as trigger metadata.
 *
 * @returns `undefined` where the function takes text and the bytes are none
 */
export const queueInvocation = (
  trigger: QueueTrigger,
  message: QueueMessage,
  bytes: Uint8Array,
): Invocation | undefined => {
  const text = textOf(bytes);
  if (text === undefined && !trigger.takesBytes) return undefined;
  const data: TypedData = text === undefined || trigger.takesBytes ? { bytes } : dataOf(text);
  return {
    functionName: trigger.functionName,
    inputData: [{ name: trigger.bindingName, data }],
    triggerMetadata: {
      ...(text === undefined ? {} : { QueueTrigger: { string: text } }),
      DequeueCount: { int: message.dequeueCount },
      ExpirationTime: instant(message.expiresAt),
      Id: { string: message.id },
      InsertionTime: instant(message.insertedAt),
      NextVisibleTime: instant(message.nextVisibleAt),
      PopReceipt: { string: message.popReceipt },
    },
  };
};

/** The run for a text that somebody hands to the host in place of a message, as `/admin/functions/{name}` does. */
export const handmadeInvocation = (trigger: QueueTrigger, text: string, now: number): Invocation => ({
  functionName: trigger.functionName,
  inputData: [{ name: trigger.bindingName, data: trigger.takesBytes ? { bytes: Buffer.from(text) } : dataOf(text) }],
  triggerMetadata: {
    QueueTrigger: { string: text },
    DequeueCount: { int: 0 },
    ExpirationTime: instant(lastInstant),
    Id: { string: randomUUID() },
    InsertionTime: instant(now),
    NextVisibleTime: instant(lastInstant),
    PopReceipt: { string: '' },
  },
});

const dataOf = (text: string): TypedData => {
  try {
    JSON.parse(text);
    return { json: text };
  } catch {
    return { string: text };
  }
};

const instant = (milliseconds: number): TypedData => ({ json: JSON.stringify(instantText(milliseconds)) });
