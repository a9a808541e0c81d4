import { connectionOf, hostsConnection } from '../../../../src/local/host/storage/connection.ts';

describe('the connection of a binding', () => {
  const environment = { AzureWebJobsStorage: 'default', Alerts: 'own', AzureWebJobsBoth: 'prefixed', Both: 'plain' };

  it('is AzureWebJobsStorage where the binding names none', () => {
    for (const name of [undefined, '', 'Storage'])
      expect(connectionOf(name, 'queue', environment)).toEqual({ kind: 'string', text: 'default' });
  });

  it('is the setting that the binding names, first with the prefix AzureWebJobs', () => {
    expect(connectionOf('Alerts', 'queue', environment)).toEqual({ kind: 'string', text: 'own' });
    expect(connectionOf('Both', 'queue', environment)).toEqual({ kind: 'string', text: 'prefixed' });
  });

  it('names the setting that is missing, and what else would do', () => {
    expect(() => connectionOf('Elsewhere', 'queue', { Elsewhere__blobServiceUri: 'https://a' })).toThrow(
      /the app setting Elsewhere is missing.*or set Elsewhere__queueServiceUri for an identity/,
    );
  });
});

describe('a connection for an identity', () => {
  const own = { AzureWebJobsStorage__blobServiceUri: 'https://b', AzureWebJobsStorage__queueServiceUri: 'https://q' };

  it('is the address of the service', () => {
    expect(connectionOf(undefined, 'queue', own)).toMatchObject({ kind: 'identity', address: 'https://q' });
    expect(connectionOf(undefined, 'blob', own)).toMatchObject({ kind: 'identity', address: 'https://b' });
    expect(hostsConnection('blob', own)).toMatchObject({ kind: 'identity', address: 'https://b' });
    expect(hostsConnection('blob', {})).toBeUndefined();
  });

  it("is made of the account's name where that is all there is", () => {
    expect(connectionOf('Alerts', 'queue', { Alerts__accountName: 'abc' })).toMatchObject({
      address: 'https://abc.queue.core.windows.net',
    });
  });

  it('is not looked at where there is a connection string', () => {
    expect(connectionOf(undefined, 'queue', { ...own, AzureWebJobsStorage: 'x' })).toEqual({
      kind: 'string',
      text: 'x',
    });
    expect(connectionOf(undefined, 'queue', { ...own, AzureWebJobsStorage: '' })).toMatchObject({ kind: 'identity' });
  });

  it.each([
    [{ AzureWebJobsStorage__credential: 'managedidentity', AzureWebJobsStorage__clientId: 'c' }, 'c'],
    [{ AzureWebJobsStorage__credential: 'ManagedIdentity', AZURE_CLIENT_ID: 'a' }, undefined],
    [{ AzureWebJobsStorage__clientId: 'c', AZURE_CLIENT_ID: 'a' }, 'c'],
    [{ AZURE_CLIENT_ID: 'a' }, 'a'],
    [{}, undefined],
  ])('with %j is of the identity %s', (settings, clientId) => {
    expect(hostsConnection('blob', { ...own, ...settings })).toMatchObject({ clientId });
  });

  it('refuses a credential that is not known here', () => {
    expect(() => hostsConnection('blob', { ...own, AzureWebJobsStorage__credential: 'workloadidentity' })).toThrow(
      'the app setting AzureWebJobsStorage__credential is workloadidentity; here it can only be managedidentity',
    );
  });
});
