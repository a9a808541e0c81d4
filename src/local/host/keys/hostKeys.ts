/**
 * The keys of a host, kept where Azure keeps them: in the blob `azure-webjobs-secrets/<host id>/host.json` of the
 * storage account, so that all hosts on one storage have the same.
 */
import { randomBytes } from 'node:crypto';
import { hostsConnection } from '../storage/connection.ts';
import { blobService } from '../storage/storageClients.ts';
import { keysInStorage } from './keyBlob.ts';

export interface HostKeys {
  /** Opens everything, `/admin` included. */
  readonly master: string;
  /** The host key `default`: opens every function. */
  readonly function: string;
  /** The system key `eventgrid_extension`: opens the Event Grid webhook. */
  readonly eventGrid: string;
}

/** What the keys, and the blobs of the triggers, are filed under. */
export const hostIdOf = (environment: Readonly<Record<string, string | undefined>>): string =>
  environment.AzureFunctionsWebHost__hostid ?? 'defender-machine-gateway';

/**
 * The keys of the hosts that share this environment's storage, made when there are none yet.
 *
 * @returns without a storage account in `AzureWebJobsStorage`: fresh ones at every call
 * @throws when the storage does not answer, naming the setting and the address
 */
export const readHostKeys = async (environment: Readonly<Record<string, string | undefined>>): Promise<HostKeys> => {
  const connection = hostsConnection('blob', environment);
  if (!connection) return freshKeys();
  const open = () => blobService(connection, environment, retryOptions);
  return keysInStorage(open, hostIdOf(environment), freshKeys());
};

const retryOptions = { maxTries: 3, retryDelayInMs: 200, tryTimeoutInMs: 10_000 };

/** As long as Azure's, and safe in a query as they are. */
const freshKeys = (): HostKeys => ({ master: freshKey(), function: freshKey(), eventGrid: freshKey() });

const freshKey = () => randomBytes(40).toString('base64url');
