/**
 * A queue of a storage account, made when it is first needed and is not there. A message is sent at least once: where the answer to a
 * send is lost, it is sent again.
 */
import type { QueueClient } from '@azure/storage-queue';
import { type Clock, systemClock } from '../clock.ts';
import type { Settings } from '../settings.ts';
import { checkSize } from './messageSize.ts';
import type { Queue } from './queue.ts';
import { statusOf } from './tableService.ts';

export interface QueueOptions {
  /** How texts stand in the queue: `base64`, as queue triggers of Functions and Logic Apps expect them, or as they are. */
  readonly encoding?: 'base64' | 'plain';
  readonly clock?: Pick<Clock, 'sleep'>;
  /** Milliseconds that one attempt may take. */
  readonly answerWithinMs?: number;
}

const mostAttempts = 4;
/** Milliseconds before the second attempt; then each time twice as long. */
const firstWait = 500;

/** @param name 3 to 63 lower case letters, digits and single hyphens ("Naming queues and metadata") */
export const storageQueue = (
  settings: Pick<Settings, 'STORAGE_QUEUES_ENDPOINT' | 'AzureWebJobsStorage' | 'AZURE_CLIENT_ID'>,
  name: string,
  { encoding = 'base64', clock = systemClock, answerWithinMs = 10_000 }: QueueOptions = {},
): Queue => {
  let client: Promise<QueueClient> | undefined;
  const within = () => ({ abortSignal: AbortSignal.timeout(answerWithinMs) });
  return {
    async send(text) {
      checkSize(text);
      const message = encoding === 'base64' ? Buffer.from(text).toString('base64') : text;
      client ??= create(settings, name);
      const queue = await client;
      await withRetries(clock, () => sendTo(queue, message, within)).catch((cause: unknown) => {
        throw new Error(`the queue ${name} took no message`, { cause });
      });
    },
  };
};

const create = async (settings: Parameters<typeof storageQueue>[0], name: string): Promise<QueueClient> => {
  const { STORAGE_QUEUES_ENDPOINT: endpoint, AzureWebJobsStorage: connection, AZURE_CLIENT_ID: clientId } = settings;
  if (endpoint === undefined && connection === undefined) {
    throw new Error(
      `there is no storage for the queue ${name}: write the address of the queue service in STORAGE_QUEUES_ENDPOINT, or a connection string in AzureWebJobsStorage`,
    );
  }
  const { QueueClient } = await import('./storageQueueSdk.ts');
  // Its own retries wait for an answer without end.
  const options = { retryOptions: { maxTries: 1 } };
  if (endpoint === undefined) return new QueueClient(connection ?? '', name, options);
  const { ManagedIdentityCredential } = await import('./identitySdk.ts');
  const credential = new ManagedIdentityCredential(clientId === undefined ? {} : { clientId });
  return new QueueClient(`${endpoint.replace(/\/+$/, '')}/${name}`, credential, options);
};

const sendTo = async (
  client: QueueClient,
  message: string,
  within: () => { abortSignal: AbortSignal },
): Promise<void> => {
  try {
    await client.sendMessage(message, within());
  } catch (fault) {
    if (statusOf(fault) !== 404) throw fault;
    await client.createIfNotExists(within());
    await client.sendMessage(message, within());
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
