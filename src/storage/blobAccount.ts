import { accountAddress } from './accountAddress.ts';

/** Where the blobs are: the address of a service, or an account's name, for the identity; else a connection string. */
export interface BlobAccount {
  readonly STORAGE_BLOBS_ENDPOINT?: string | undefined;
  readonly STORAGE_TABLES_ENDPOINT?: string | undefined;
  readonly AzureWebJobsStorage?: string | undefined;
  readonly AzureWebJobsStorage__accountName?: string | undefined;
  readonly AZURE_CLIENT_ID?: string | undefined;
}

/** For the identity; undefined where there is a connection string, or nothing. */
export const blobEndpoint = (account: BlobAccount): string | undefined => {
  const { STORAGE_BLOBS_ENDPOINT: endpoint, AzureWebJobsStorage: connection } = account;
  const { AzureWebJobsStorage__accountName: name, STORAGE_TABLES_ENDPOINT: tables } = account;
  if (endpoint !== undefined) return endpoint;
  return name === undefined || connection !== undefined ? undefined : accountAddress(name, 'blob', tables);
};

export const hasBlobs = (account: BlobAccount): boolean =>
  (blobEndpoint(account) ?? account.AzureWebJobsStorage) !== undefined;
