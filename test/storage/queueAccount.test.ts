import { alertQueueAccount, hasQueues, queueAccount } from '../../src/storage/queueAccount.ts';

const usual = { AzureWebJobsStorage: 'UseDevelopmentStorage=true', AZURE_CLIENT_ID: 'c1' };
const endpoint = 'https://usual.queue.core.windows.net';

describe('the account of queues', () => {
  it('is that of AzureWebJobsStorage, or one that is reached with the identity', () => {
    expect(queueAccount(usual)).toEqual({ connection: 'UseDevelopmentStorage=true' });
    expect(queueAccount({ ...usual, STORAGE_QUEUES_ENDPOINT: endpoint })).toEqual({ endpoint, clientId: 'c1' });
  });

  it("is the host's own where only that is named", () => {
    const address = { AzureWebJobsStorage__queueServiceUri: 'https://host.example', AZURE_CLIENT_ID: 'c1' };
    expect(queueAccount(address)).toEqual({ endpoint: 'https://host.example', clientId: 'c1' });
    expect(queueAccount({ AzureWebJobsStorage__accountName: 'usual' })).toEqual({ endpoint });
    expect([hasQueues(address), hasQueues({ AZURE_CLIENT_ID: 'c1' }), hasQueues(usual)]).toEqual([true, false, true]);
  });
});

describe("the account of the alerts' queues", () => {
  it("is the host's, where their triggers look for it", () => {
    expect(alertQueueAccount({ ...usual, STORAGE_QUEUES_ENDPOINT: endpoint })).toEqual(queueAccount(usual));
    const hosts = { AzureWebJobsStorage__queueServiceUri: 'https://host.example', STORAGE_QUEUES_ENDPOINT: endpoint };
    expect(alertQueueAccount(hosts)).toEqual({ endpoint: 'https://host.example' });
    expect(alertQueueAccount({ STORAGE_QUEUES_ENDPOINT: endpoint })).toEqual({ endpoint });
  });

  it('is one of its own where a connection string or an address is set', () => {
    const own = { ...usual, STORAGE_QUEUES_ENDPOINT: endpoint, AlertQueues__queueServiceUri: 'https://own.example' };
    expect(alertQueueAccount(own)).toEqual({ endpoint: 'https://own.example', clientId: 'c1' });
    expect(alertQueueAccount({ ...own, AlertQueues: 'AccountName=a' })).toEqual({ connection: 'AccountName=a' });
  });

  it('is known by its name, which comes before an address as it does for triggers', () => {
    const named = {
      AzureWebJobsStorage__accountName: 'host',
      STORAGE_QUEUES_ENDPOINT: endpoint,
      AZURE_CLIENT_ID: 'c1',
    };
    expect(alertQueueAccount(named)).toEqual({ endpoint: 'https://host.queue.core.windows.net', clientId: 'c1' });
    const own = { ...named, AlertQueues__accountName: 'own', AlertQueues__queueServiceUri: 'https://own.example' };
    expect(alertQueueAccount(own)).toEqual({ endpoint: 'https://own.queue.core.windows.net', clientId: 'c1' });
  });
});
