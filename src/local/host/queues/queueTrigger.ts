import type { RegisteredFunction } from '../invoker.ts';
import { type Connection, connectionOf } from '../storage/connection.ts';
import { triggerOfType } from '../triggerOf.ts';
import { type Environment, resolveSettings } from '../triggers/appSettings.ts';
import { type MessageEncoding, type QueueSettings, readEncoding } from './queueSettings.ts';

/** A function with a queue trigger, its settings resolved. */
export interface QueueTrigger {
  readonly functionName: string;
  /** What the function's argument is called. */
  readonly bindingName: string;
  readonly connection: Connection;
  readonly queueName: string;
  readonly encoding: MessageEncoding;
  /** The function asks for the bytes of a message, by `dataType: 'binary'`. */
  readonly takesBytes: boolean;
}

/** The queue trigger of a function; `undefined` where it has another. @throws when a setting is missing */
export const queueTriggerOf = (
  one: RegisteredFunction,
  environment: Environment,
  settings: QueueSettings,
): QueueTrigger | undefined => {
  const found = triggerOfType(one, 'queueTrigger');
  if (!found) return undefined;
  const { name: bindingName, binding } = found;
  return {
    functionName: one.name,
    bindingName,
    connection: connectionOf(binding.connection, 'queue', environment),
    queueName: resolveSettings(String(binding.queueName ?? ''), environment).toLowerCase(),
    encoding: readEncoding(binding.messageEncoding) ?? settings.messageEncoding,
    takesBytes: String(binding.dataType).toLowerCase() === 'binary',
  };
};
