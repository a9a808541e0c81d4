import { accountAddress } from './accountAddress.ts';

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
  readonly STORAGE_TABLES_ENDPOINT?: string | undefined;
  readonly AzureWebJobsStorage?: string | undefined;
  readonly AzureWebJobsStorage__accountName?: string | undefined;
  readonly AzureWebJobsStorage__queueServiceUri?: string | undefined;
  readonly AZURE_CLIENT_ID?: string | undefined;
}

interface AlertSettings extends UsualSettings {
  readonly AlertQueues?: string | undefined;
  readonly AlertQueues__accountName?: string | undefined;
  readonly AlertQueues__queueServiceUri?: string | undefined;
}

/** The account of all queues that have none of their own. */
export const queueAccount = (settings: UsualSettings): QueueAccount =>
  reached(settings.STORAGE_QUEUES_ENDPOINT, settings) ?? hostsAccount(settings) ?? {};

/**
 * The account of the alerts' queues, where their triggers look for it: under the names of a connection called `AlertQueues`, or else of the
 * host's own, `AzureWebJobsStorage`. What is sent elsewhere, nobody would hear.
 */
export const alertQueueAccount = (settings: AlertSettings): QueueAccount => {
  const { AlertQueues: connection, AlertQueues__accountName: name, AlertQueues__queueServiceUri: address } = settings;
  const own = named({ connection, name, address }, settings);
  return own ?? hostsAccount(settings) ?? reached(settings.STORAGE_QUEUES_ENDPOINT, settings) ?? {};
};

/** Whether all queues have an account. */
export const hasQueues = (settings: UsualSettings): boolean => Object.keys(queueAccount(settings)).length > 0;

interface Connection {
  readonly connection: string | undefined;
  readonly name: string | undefined;
  readonly address: string | undefined;
}

const hostsAccount = (settings: UsualSettings): QueueAccount | undefined => {
  const { AzureWebJobsStorage: connection, AzureWebJobsStorage__accountName: name } = settings;
  return named({ connection, name, address: settings.AzureWebJobsStorage__queueServiceUri }, settings);
};

/** As triggers read a connection: its string, else the account's name, else the address. */
const named = ({ connection, name, address }: Connection, settings: UsualSettings): QueueAccount | undefined => {
  if (connection !== undefined) return { connection };
  const ofName = name === undefined ? undefined : accountAddress(name, 'queue', settings.STORAGE_TABLES_ENDPOINT);
  return reached(ofName ?? address, settings);
};

const reached = (endpoint: string | undefined, { AZURE_CLIENT_ID: clientId }: UsualSettings) =>
  endpoint === undefined ? undefined : { endpoint, clientId };
