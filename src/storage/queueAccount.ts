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
}

/** The account of all queues that have none of their own. */
export const queueAccount = (settings: UsualSettings): QueueAccount => {
  const { STORAGE_QUEUES_ENDPOINT: endpoint, AzureWebJobsStorage: connection, AZURE_CLIENT_ID: clientId } = settings;
  return endpoint === undefined ? { connection } : { endpoint, clientId };
};

/**
 * The account of the alerts' queues, by the names under which queue triggers look for a connection called `AlertQueues`; where neither is set,
 * that of all others. A connection string comes first, as it does for triggers.
 */
export const alertQueueAccount = (settings: AlertSettings): QueueAccount => {
  const { AlertQueues: connection, AlertQueues__queueServiceUri: endpoint, AZURE_CLIENT_ID: clientId } = settings;
  if (connection !== undefined) return { connection };
  return endpoint === undefined ? queueAccount(settings) : { endpoint, clientId };
};
