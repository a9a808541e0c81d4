/** Where queues are: a storage account, reached with a connection string or with the identity. */
export interface QueueAccount {
  readonly connection?: string | undefined;
  /** The address of its queue service, for the identity. */
  readonly endpoint?: string | undefined;
  /** The user-assigned identity; without, the system-assigned one. */
  readonly clientId?: string | undefined;
}

interface UsualSettings {
  readonly STORAGE_QUEUES_ENDPOINT?: string | undefined;
  readonly AzureWebJobsStorage?: string | undefined;
  readonly AZURE_CLIENT_ID?: string | undefined;
}

interface AlertSettings extends UsualSettings {
  readonly AlertQueues?: string | undefined;
  readonly AlertQueues__queueServiceUri?: string | undefined;
  readonly AzureWebJobsStorage__queueServiceUri?: string | undefined;
}

/** The account of all queues that have none of their own. */
export const queueAccount = (settings: UsualSettings): QueueAccount => {
  const { STORAGE_QUEUES_ENDPOINT: endpoint, AzureWebJobsStorage: connection, AZURE_CLIENT_ID: clientId } = settings;
  return endpoint === undefined ? { connection } : { endpoint, clientId };
};

/**
 * The account of the alerts' queues, where their triggers look for it: under the names of a connection called `AlertQueues`, or else of the
 * host's own, `AzureWebJobsStorage`. A connection string comes first, as it does for triggers. What is sent elsewhere, nobody would hear.
 */
export const alertQueueAccount = (settings: AlertSettings): QueueAccount => {
  const { AlertQueues: connection, AlertQueues__queueServiceUri: endpoint, AZURE_CLIENT_ID: clientId } = settings;
  if (connection !== undefined) return { connection };
  return endpoint === undefined ? hostsAccount(settings) : { endpoint, clientId };
};

const hostsAccount = (settings: AlertSettings): QueueAccount => {
  const { AzureWebJobsStorage: connection, AzureWebJobsStorage__queueServiceUri: endpoint } = settings;
  if (connection !== undefined) return { connection };
  return endpoint === undefined ? queueAccount(settings) : { endpoint, clientId: settings.AZURE_CLIENT_ID };
};
