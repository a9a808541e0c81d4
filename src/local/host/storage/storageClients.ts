/** Clients of storage accounts, as the host uses them: by a connection string, or with the identity of the app. */
import type { BlobServiceClient } from '@azure/storage-blob';
import type { QueueServiceClient } from '@azure/storage-queue';
import type { Environment } from '../triggers/appSettings.ts';
import type { Connection } from './connection.ts';
import { identityCredential } from './identityCredential.ts';
import { trustOf } from './trust.ts';

/** As the SDKs name them. */
export interface Retries {
  readonly maxTries: number;
  readonly retryDelayInMs?: number;
  readonly tryTimeoutInMs?: number;
}

/** @throws where a connection string is none, or the certificates can't be read */
export const blobService = async (
  connection: Connection,
  environment: Environment,
  retryOptions: Retries,
): Promise<BlobServiceClient> => {
  const { BlobServiceClient } = await import('@azure/storage-blob');
  const options = { retryOptions, ...trustOf(environment) };
  return connection.kind === 'string'
    ? BlobServiceClient.fromConnectionString(connection.text, options)
    : new BlobServiceClient(connection.address, identityCredential(environment, connection.clientId), options);
};

/** Loads the SDK; what it gives does as `blobService` does. */
export const queueServices = async (
  environment: Environment,
  retryOptions: Retries,
): Promise<(connection: Connection) => QueueServiceClient> => {
  const { QueueServiceClient } = await import('@azure/storage-queue');
  return (connection) => {
    const options = { retryOptions, ...trustOf(environment) };
    return connection.kind === 'string'
      ? QueueServiceClient.fromConnectionString(connection.text, options)
      : new QueueServiceClient(connection.address, identityCredential(environment, connection.clientId), options);
  };
};
