/** A client for one container, made at the first use, so that the SDK is loaded only then. Who uses it asks again where it fails. */
import type { ContainerClient } from '@azure/storage-blob';

/** Where the blobs are: the address of a service that is reached with the identity, else a connection string. */
export interface BlobAccount {
  readonly STORAGE_BLOBS_ENDPOINT?: string | undefined;
  readonly AzureWebJobsStorage?: string | undefined;
  readonly AZURE_CLIENT_ID?: string | undefined;
}

/** @throws Error that says what to set, where there is neither */
export const blobContainer = (account: BlobAccount, name: string): (() => Promise<ContainerClient>) => {
  let client: Promise<ContainerClient> | undefined;
  return () => {
    client ??= create(account, name);
    return client;
  };
};

const create = async (account: BlobAccount, name: string): Promise<ContainerClient> => {
  const { STORAGE_BLOBS_ENDPOINT: endpoint, AzureWebJobsStorage: connection, AZURE_CLIENT_ID: clientId } = account;
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
