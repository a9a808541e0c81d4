import type { Binding, InvocationResult, RegisteredFunction, TypedData } from '../invoker.ts';
import { connectionOf } from '../storage/connection.ts';
import { type Environment, resolveSettings } from '../triggers/appSettings.ts';
import { saying } from '../triggers/storageFault.ts';
import { encodeBody } from './messageBody.ts';
import { readEncoding, readQueueSettings } from './queueSettings.ts';
import { queueOpener } from './storageQueue.ts';

export interface OutputsOptions {
  readonly environment: Environment;
  /** What host.json has under `extensions.queues`. */
  readonly settings: unknown;
  /** Told of each queue that was written to: pass it on to the queue listeners. */
  readonly notify?: (queueName: string) => void;
}

/**
 * Sends what a run left for its queue outputs: `$return` or named ones. A JSON array is as many messages; a queue that
 * is not there is made.
 *
 * @returns the run's own result; `failed` when a message could not be sent, as Azure then counts the run as failed
 */
export type QueueOutputs = (ran: RegisteredFunction, result: InvocationResult) => Promise<InvocationResult>;

/** @throws when a setting of host.json is one that Azure refuses */
export const queueOutputs = async ({ environment, settings, notify }: OutputsOptions): Promise<QueueOutputs> => {
  const { messageEncoding } = readQueueSettings(settings);
  const open = await queueOpener(environment);

  const send = async (binding: Binding, data: TypedData) => {
    const queueName = resolveSettings(String(binding.queueName ?? ''), environment).toLowerCase();
    const queue = open(connectionOf(binding.connection, 'queue', environment), queueName);
    const encoding = readEncoding(binding.messageEncoding) ?? messageEncoding;
    for (const message of messagesOf(data)) await queue.send(encodeBody(message, encoding));
    notify?.(queueName);
  };

  return async (ran, result) => {
    if (result.kind !== 'succeeded') return result;
    const values = new Map(result.outputData.map(({ name, data }) => [name, data]));
    if (result.returnValue) values.set('$return', result.returnValue);
    try {
      for (const [name, binding] of Object.entries(ran.bindings)) {
        const data = values.get(name);
        if (data && isQueueOutput(binding)) await send(binding, data);
      }
      return result;
    } catch (error) {
      return { kind: 'failed', message: `the queue output of ${ran.name} was not sent: ${saying(error)}` };
    }
  };
};

/** In the worker protocol, 1 is out. */
const isQueueOutput = ({ type, direction }: Binding): boolean =>
  type.toLowerCase() === 'queue' && (direction === 'out' || direction === 1);

const messagesOf = (data: TypedData): readonly (string | Uint8Array)[] => {
  if ('bytes' in data) return [data.bytes];
  if ('int' in data) return [String(data.int)];
  if ('double' in data) return [String(data.double)];
  if ('http' in data) throw new Error('an HTTP response is no message');
  if ('collectionString' in data) return data.collectionString.string;
  if ('collectionBytes' in data) return data.collectionBytes.bytes;
  const text = 'json' in data ? data.json : data.string;
  const values = arrayIn(text);
  return values?.map((value) => (typeof value === 'string' ? value : JSON.stringify(value))) ?? [plain(data, text)];
};

/** The array that a text is in JSON, if it is one; the host looks into strings, too. */
const arrayIn = (text: string): readonly unknown[] | undefined => {
  if (!text.trimStart().startsWith('[')) return undefined;
  try {
    const parsed: unknown = JSON.parse(text);
    return Array.isArray(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
};

/** A string in JSON is sent as what it says. */
const plain = (data: TypedData, text: string): string => {
  const value: unknown = 'json' in data ? JSON.parse(text) : text;
  return typeof value === 'string' ? value : text;
};
