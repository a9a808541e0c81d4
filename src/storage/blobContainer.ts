/** A client for one container, made at the first use, so that the SDK is loaded only then. Who uses it asks again where it fails. */
import type { ContainerClient } from '@azure/storage-blob';
import { type BlobAccount, blobEndpoint } from './blobAccount.ts';

/** @throws Error that says what to set, where there is neither */
export const blobContainer = (account: BlobAccount, name: string): (() => Promise<ContainerClient>) => {
  let client: Promise<ContainerClient> | undefined;
  return () => {
    client ??= create(account, name);
    return client;
  };
};

const create = async (account: BlobAccount, name: string): Promise<ContainerClient> => {
  const { AzureWebJobsStorage: connection, AZURE_CLIENT_ID: clientId } = account;
  const endpoint = blobEndpoint(account);
  if (endpoint === undefined && connection === undefined) {
    throw new Error(
      `there is no storage for the container ${name}: write the address of the blob service in STORAGE_BLOBS_ENDPOINT, or a connection string in AzureWebJobsStorage`,
    );
  }
  const { ContainerClient } = await import('./blobSdk.ts');
  // Its own retries wait for an answer without end.
  const options = { retryOptions: { maxTries: 1 } };
  if (endpoint === undefined) return new ContainerClient(connection ?? '', name, options);
  const { ManagedIdentityCredential } = await import('./identitySdk.ts');
  const credential = new ManagedIdentityCredential(clientId === undefined ? {} : { clientId });
  return new ContainerClient(`${endpoint.replace(/\/+$/, '')}/${name}`, credential, options);
};
