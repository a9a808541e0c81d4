import type { RunningPart } from '../part.ts';
import type { Azurite } from './azurite.ts';

export interface Wired {
  readonly azurite: Azurite;
  readonly simulator: RunningPart;
  readonly identity: RunningPart;
}

/**
 * What functions are told about the parts around them, under the names of `local.settings.sample.json`.
 *
 * @param secret what callers of the identity must send
 */
export const wiring = ({ azurite, simulator, identity }: Wired, secret: string): Readonly<Record<string, string>> => ({
  FUNCTIONS_WORKER_RUNTIME: 'node',
  AzureWebJobsStorage: azurite.connectionString,
  STORAGE_TABLES_ENDPOINT: '',
  STORAGE_QUEUES_ENDPOINT: '',
  STORAGE_BLOBS_ENDPOINT: '',
  AzureWebJobsStorage__accountName: '',
  AzureWebJobsStorage__queueServiceUri: '',
  AzureWebJobsStorage__blobServiceUri: '',
  AzureWebJobsStorage__tableServiceUri: '',
  CALLER_AUTH: 'key',
  AlertQueues: '',
  AlertQueues__accountName: '',
  AlertQueues__queueServiceUri: '',
  DEFENDER_BASE_URL: simulator.url,
  SECURITY_STATES_BASE_URL: simulator.url,
  IDENTITY_ENDPOINT: `${identity.url}/msi/token`,
  IDENTITY_HEADER: secret,
});
