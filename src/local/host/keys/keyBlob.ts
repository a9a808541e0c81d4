import type { BlobServiceClient, BlockBlobClient } from '@azure/storage-blob';
import { refusedWith, saying } from '../triggers/storageFault.ts';
import type { HostKeys } from './hostKeys.ts';

/**
 * The keys in a storage account: those that are there, or `fresh` ones, written unless somebody else was faster.
 *
 * @param open gives the account
 * @throws when the storage does not answer
 */
export const keysInStorage = async (
  open: () => Promise<BlobServiceClient>,
  hostId: string,
  fresh: HostKeys,
): Promise<HostKeys> => {
  let url = 'the address in it';
  try {
    const service = await open();
    url = service.url;
    const container = service.getContainerClient('azure-webjobs-secrets');
    await container.createIfNotExists();
    return await readOrCreate(container.getBlockBlobClient(`${hostId}/host.json`), fresh);
  } catch (error) {
    throw new Error(`AzureWebJobsStorage: the function keys cannot be kept in ${url}: ${saying(error)}`, {
      cause: error,
    });
  }
};

const readOrCreate = async (blob: BlockBlobClient, fresh: HostKeys): Promise<HostKeys> => {
  const text = JSON.stringify(toSecrets(fresh), undefined, 2);
  try {
    const options = { conditions: { ifNoneMatch: '*' }, blobHTTPHeaders: { blobContentType: 'application/json' } };
    await blob.upload(text, Buffer.byteLength(text), options);
    return fresh;
  } catch (error) {
    if (![409, 412].includes(refusedWith(error) ?? 0)) throw error;
    return fromSecrets(JSON.parse(String(await blob.downloadToBuffer())));
  }
};

interface Secret {
  readonly name: string;
  readonly value: string;
  readonly encrypted: boolean;
}

/** The shape of the host's own secrets blob. */
interface Secrets {
  readonly masterKey: Secret;
  readonly functionKeys: readonly Secret[];
  readonly systemKeys: readonly Secret[];
}

const toSecrets = (keys: HostKeys): Secrets => ({
  masterKey: { name: 'master', value: keys.master, encrypted: false },
  functionKeys: [{ name: 'default', value: keys.function, encrypted: false }],
  systemKeys: [{ name: 'eventgrid_extension', value: keys.eventGrid, encrypted: false }],
});

const fromSecrets = ({ masterKey, functionKeys, systemKeys }: Secrets): HostKeys => ({
  master: masterKey.value,
  function: keyNamed(functionKeys, 'default'),
  eventGrid: keyNamed(systemKeys, 'eventgrid_extension'),
});

const keyNamed = (secrets: readonly Secret[], name: string): string => {
  const found = secrets.find((secret) => secret.name === name);
  if (!found) throw new Error(`the blob of the keys has none named ${name}; delete the blob to have new keys`);
  return found.value;
};
