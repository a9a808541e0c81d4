import { timeSpanMs } from '../triggers/timeSpan.ts';

/** How queue messages are written: the text as it is, or the base64 of its UTF-8 bytes. */
export type MessageEncoding = 'base64' | 'none';

/** What host.json may say under `extensions.queues`, with the defaults of Azure (Learn, "host.json settings"). */
export interface QueueSettings {
  /** Messages taken at a time, 1 to 32. */
  readonly batchSize: number;
  /** More are taken when no more than this many are being worked on. */
  readonly newBatchThreshold: number;
  /** Longest wait between two looks at an empty queue. */
  readonly maxPollingIntervalMs: number;
  /** How long a message that failed stays hidden before it is tried again. */
  readonly visibilityTimeoutMs: number;
  /** A message that fails this often goes to the poison queue. */
  readonly maxDequeueCount: number;
  readonly messageEncoding: MessageEncoding;
}

/** The shortest wait between two looks at an empty queue. */
export const minPollingIntervalMs = 100;

/** Reads `extensions.queues` of host.json. @throws when Azure would refuse a value, naming it */
export const readQueueSettings = (given: unknown): QueueSettings => {
  const all = typeof given === 'object' && given !== null ? (given as Record<string, unknown>) : {};
  const batchSize = whole(all, 'batchSize', 16, 1, 32);
  return {
    batchSize,
    newBatchThreshold: whole(all, 'newBatchThreshold', Math.floor(batchSize / 2), 0, Number.MAX_SAFE_INTEGER),
    maxPollingIntervalMs: span(all, 'maxPollingInterval', 60_000, minPollingIntervalMs),
    visibilityTimeoutMs: span(all, 'visibilityTimeout', 0, 0),
    maxDequeueCount: whole(all, 'maxDequeueCount', 5, 1, Number.MAX_SAFE_INTEGER),
    messageEncoding: readEncoding(all.messageEncoding) ?? 'base64',
  };
};

/** Reads an encoding in any case; `undefined` where none is given. @throws when it is another */
export const readEncoding = (given: unknown): MessageEncoding | undefined => {
  if (given === undefined) return undefined;
  const encoding = String(given).toLowerCase();
  if (encoding === 'base64' || encoding === 'none') return encoding;
  throw new Error(`messageEncoding is ${given}; write base64 or none`);
};

const whole = (all: Record<string, unknown>, name: string, byDefault: number, least: number, most: number): number => {
  const value = all[name] ?? byDefault;
  if (Number.isInteger(value) && Number(value) >= least && Number(value) <= most) return Number(value);
  throw new Error(`extensions.queues.${name} of host.json is ${value}; write a whole number from ${least} to ${most}`);
};

const span = (all: Record<string, unknown>, name: string, byDefault: number, least: number): number => {
  const value = all[name];
  if (value === undefined) return byDefault;
  const milliseconds = typeof value === 'string' ? timeSpanMs(value) : undefined;
  if (milliseconds !== undefined && milliseconds >= least) return milliseconds;
  throw new Error(
    `extensions.queues.${name} of host.json is ${value}; write a time span of ${least} ms or more: 00:00:02`,
  );
};
