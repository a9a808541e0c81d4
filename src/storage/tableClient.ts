import type { TableClient } from '@azure/data-tables';
import type { Settings } from '../settings.ts';

/**
 * A client for one table, made at the first use, so that the SDK is loaded only then. It does not retry by itself: who writes the
 * quota's ledger must know of each answer that was lost, a claim on a question would meet itself, and whoever reads has no time for it.
 */
export const tableClient = (settings: Settings, name: string): (() => Promise<TableClient>) => {
  let client: Promise<TableClient> | undefined;
  return () => {
    client ??= create(settings, name);
    return client;
  };
};

const create = async (settings: Settings, name: string): Promise<TableClient> => {
  const {
    STORAGE_TABLES_ENDPOINT: endpoint,
    AzureWebJobsStorage: connection = '',
    AZURE_CLIENT_ID: clientId,
  } = settings;
  const { TableClient } = await import('./tableSdk.ts');
  const options = { retryOptions: { maxRetries: 0 } };
  if (endpoint === undefined) {
    return TableClient.fromConnectionString(connection, name, { ...options, allowInsecureConnection: true });
  }
  const { ManagedIdentityCredential } = await import('./identitySdk.ts');
  return new TableClient(
    endpoint,
    name,
    new ManagedIdentityCredential(clientId === undefined ? {} : { clientId }),
    options,
  );
};
