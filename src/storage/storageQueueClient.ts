import type { QueueClient } from '@azure/storage-queue';
import type { QueueAccount } from './queueAccount.ts';

/**
 * A client for one queue, made at the first use, so that the SDK is loaded only then. It does not retry by itself: its own retries wait for
 * an answer without end.
 */
export const storageQueueClient = (account: QueueAccount, name: string): (() => Promise<QueueClient>) => {
  let client: Promise<QueueClient> | undefined;
  return () => {
    client ??= create(account, name);
    return client;
  };
};

const create = async ({ connection, endpoint, clientId }: QueueAccount, name: string): Promise<QueueClient> => {
  const { QueueClient } = await import('./storageQueueSdk.ts');
  const options = { retryOptions: { maxTries: 1 } };
  if (connection !== undefined) return new QueueClient(connection, name, options);
  if (endpoint === undefined) throw new Error(missing(name));
  const { ManagedIdentityCredential } = await import('./identitySdk.ts');
  const credential = new ManagedIdentityCredential(clientId === undefined ? {} : { clientId });
  return new QueueClient(`${endpoint.replace(/\/+$/, '')}/${name}`, credential, options);
};

const missing = (name: string): string =>
  `there is no storage for the queue ${name}: write the address of the queue service in STORAGE_QUEUES_ENDPOINT, or a connection string in AzureWebJobsStorage`;
