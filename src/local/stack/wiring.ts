import type { RunningIssuer } from '../entra/issuer.ts';
import type { RunningPart } from '../part.ts';
import type { Azurite } from './azurite.ts';

export interface Wired {
  readonly azurite: Azurite;
  readonly simulator: RunningPart;
  readonly identity: RunningPart;
  /** Where callers are known by tokens. */
  readonly issuer?: RunningIssuer | undefined;
}

/**
 * What functions are told about the parts around them, under the names of `local.settings.sample.json`.
 *
 * @param secret what callers of the identity must send
 */
export const wiring = (
  { azurite, simulator, identity, issuer }: Wired,
  secret: string,
): Readonly<Record<string, string>> => ({
  FUNCTIONS_WORKER_RUNTIME: 'node',
  AZURE_FUNCTIONS_ENVIRONMENT: 'Development',
  AzureWebJobsStorage: azurite.connectionString,
  STORAGE_TABLES_ENDPOINT: '',
  STORAGE_QUEUES_ENDPOINT: '',
  STORAGE_BLOBS_ENDPOINT: '',
  AzureWebJobsStorage__accountName: '',
  AzureWebJobsStorage__queueServiceUri: '',
  AzureWebJobsStorage__blobServiceUri: '',
  AzureWebJobsStorage__tableServiceUri: '',
  ...(issuer ? byTokens(issuer) : { CALLER_AUTH: 'key' }),
  AlertQueues: '',
  AlertQueues__accountName: '',
  AlertQueues__queueServiceUri: '',
  DEFENDER_BASE_URL: simulator.url,
  SECURITY_STATES_BASE_URL: simulator.url,
  IDENTITY_ENDPOINT: `${identity.url}/msi/token`,
  IDENTITY_HEADER: secret,
});

const byTokens = ({ tenantId, audience, issuers, keysUrl }: RunningIssuer): Readonly<Record<string, string>> => ({
  CALLER_AUTH: 'entra',
  AZURE_TENANT_ID: tenantId,
  CALLER_AUDIENCES: `${audience.uri} ${audience.clientId}`,
  CALLER_ISSUERS: issuers.join(' '),
  CALLER_KEYS_URL: keysUrl,
});
