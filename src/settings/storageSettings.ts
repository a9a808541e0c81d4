import * as z from 'zod/mini';
import { hasBlobs } from '../storage/blobAccount.ts';
import { hasQueues } from '../storage/queueAccount.ts';
import { optionalText, optionalUrl } from './kinds.ts';

/** "Naming rules and restrictions for Azure resources". */
const accountName = z
  .string()
  .check(z.regex(/^[a-z0-9]{3,24}$/, "write a storage account's name: 3 to 24 small letters and digits"));

/** Where all is kept. */
export const storageSettings = {
  /** Where the ledger is kept, reached with the identity; else AzureWebJobsStorage. */
  STORAGE_TABLES_ENDPOINT: optionalUrl,
  AzureWebJobsStorage: optionalText,
  /** Where changes of security states are told, reached with the identity; else AzureWebJobsStorage. */
  STORAGE_QUEUES_ENDPOINT: optionalUrl,
  /** Where bodies are kept that are too big for a row, reached with the identity; else AzureWebJobsStorage. */
  STORAGE_BLOBS_ENDPOINT: optionalUrl,
  /** The host's own account, where it is reached with the identity: its name, or the address of its queues. */
  AzureWebJobsStorage__accountName: z.optional(accountName),
  AzureWebJobsStorage__queueServiceUri: optionalUrl,
  /** Read by the platform alone, as are the credential's kind and the identity's id. */
  AzureWebJobsStorage__blobServiceUri: optionalUrl,
  AzureWebJobsStorage__tableServiceUri: optionalUrl,
  AzureWebJobsStorage__credential: optionalText,
  AzureWebJobsStorage__clientId: optionalText,
  /** The account of the queues of alerts, where it is one of their own: its connection string; or its name, or its address, for the identity. */
  AlertQueues: optionalText,
  AlertQueues__accountName: z.optional(accountName),
  AlertQueues__queueServiceUri: optionalUrl,
  AlertQueues__credential: optionalText,
  AlertQueues__clientId: optionalText,
};

type StorageSettings = z.output<ReturnType<typeof z.object<typeof storageSettings>>>;

const missing = (name: keyof StorageSettings, service: string, isThere: (set: StorageSettings) => unknown) =>
  z.refine<StorageSettings>((set) => isThere(set), {
    path: [name],
    error: `is missing: write the address of the ${service} service, or a connection string in AzureWebJobsStorage`,
    when: () => true,
  });

/** Without one of them, functions start and fail at the first use. */
export const storageChecks = [
  missing('STORAGE_TABLES_ENDPOINT', 'table', (set) => set.STORAGE_TABLES_ENDPOINT ?? set.AzureWebJobsStorage),
  missing('STORAGE_QUEUES_ENDPOINT', 'queue', hasQueues),
  missing('STORAGE_BLOBS_ENDPOINT', 'blob', hasBlobs),
] as const;
