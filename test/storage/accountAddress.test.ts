import { accountAddress } from '../../src/storage/accountAddress.ts';
import { blobEndpoint, hasBlobs } from '../../src/storage/blobAccount.ts';

describe('the address of an account that is known by its name', () => {
  it.each([
    [undefined, 'https://kept.queue.core.windows.net'],
    ['https://other.table.core.windows.net', 'https://kept.queue.core.windows.net'],
    ['https://other.table.core.usgovcloudapi.net/', 'https://kept.queue.core.usgovcloudapi.net'],
    ['https://127.0.0.1:10002/devstoreaccount1', 'https://kept.queue.core.windows.net'],
    ['https://other.z7.table.storage.azure.net', 'https://kept.queue.core.windows.net'],
  ])('is in the same cloud as tables at %s', (tables, address) => {
    expect(accountAddress('kept', 'queue', tables)).toBe(address);
  });
});

describe('the account of blobs', () => {
  const named = {
    AzureWebJobsStorage__accountName: 'kept',
    STORAGE_TABLES_ENDPOINT: 'https://kept.table.core.chinacloudapi.cn',
  };

  it('is the one whose address is set, else that of a connection string, else that of a name', () => {
    const endpoint = 'https://own.example';
    const connection = { ...named, AzureWebJobsStorage: 'UseDevelopmentStorage=true' };
    expect(blobEndpoint({ ...connection, STORAGE_BLOBS_ENDPOINT: endpoint })).toBe(endpoint);
    expect(blobEndpoint(connection)).toBeUndefined();
    expect(blobEndpoint(named)).toBe('https://kept.blob.core.chinacloudapi.cn');
    expect([connection, named, {}].map(hasBlobs)).toEqual([true, true, false]);
  });
});
