import { readHostKeys } from '../../../src/local/host/keys/hostKeys.ts';
import { type Azurite, startAzurite } from '../../support/azurite.ts';
import { startTestHost, type TestHost } from './support/testHost.ts';

describe('keys', () => {
  let host: TestHost;

  beforeAll(async () => {
    host = await startTestHost('plain');
  });

  afterAll(() => host.stop());

  const key = (name: 'master' | 'function' | 'eventGrid' | 'wrong' | 'none') =>
    name === 'none' ? undefined : name === 'wrong' ? 'wrong' : host.keys[name];

  it.each([
    ['api/machines', 'none', 200],
    ['api/machines', 'wrong', 200],
    ['keys/function', 'none', 401],
    ['keys/function', 'wrong', 401],
    ['keys/function', 'function', 200],
    ['keys/function', 'eventGrid', 403],
    ['keys/function', 'master', 200],
    ['keys/admin', 'none', 401],
    ['keys/admin', 'wrong', 401],
    ['keys/admin', 'function', 403],
    ['keys/admin', 'eventGrid', 403],
    ['keys/admin', 'master', 200],
    ['admin/host/status', 'none', 401],
    ['admin/host/status', 'function', 403],
    ['admin/host/status', 'master', 200],
    ['admin/host/ping', 'none', 200],
  ] as const)('/%s with the key %s is %i, by header and by query', async (path, name, status) => {
    const given = key(name);
    const byHeader = await fetch(`${host.url}/${path}`, given ? { headers: { 'x-functions-key': given } } : {});
    const byQuery = await fetch(`${host.url}/${path}${given ? `?code=${given}` : ''}`);
    expect([byHeader.status, byQuery.status]).toEqual([status, status]);
  });

  it('the header wins over the query', async () => {
    const address = `${host.url}/keys/function?code=${host.keys.function}`;
    expect((await fetch(address, { headers: { 'x-functions-key': 'wrong' } })).status).toBe(401);
    const wrong = `${host.url}/keys/function?code=wrong`;
    expect((await fetch(wrong, { headers: { 'x-functions-key': host.keys.function } })).status).toBe(200);
  });

  it('a refusal has no body', async () => {
    expect(await (await fetch(`${host.url}/keys/function`)).text()).toBe('');
  });

  it('the key of Event Grid can be read with the master key', async () => {
    const address = `${host.url}/admin/host/systemkeys/eventgrid_extension?code=${host.keys.master}`;
    expect(await (await fetch(address)).json()).toEqual({ name: 'eventgrid_extension', value: host.keys.eventGrid });
  });
});

describe('keys in storage', () => {
  let storage: Azurite;

  beforeAll(async () => {
    storage = await startAzurite();
  });

  afterAll(() => storage.stop());

  it('are the same for all hosts that start on one storage at once, and stay', async () => {
    const environment = { AzureWebJobsStorage: storage.connectionString };
    const all = await Promise.all(Array.from({ length: 5 }, () => readHostKeys(environment)));
    for (const keys of [...all, await readHostKeys(environment)]) expect(keys).toEqual(all[0]);
  });

  it('are others for another host id', async () => {
    const environment = { AzureWebJobsStorage: storage.connectionString };
    const [one, other] = await Promise.all([
      readHostKeys(environment),
      readHostKeys({ ...environment, AzureFunctionsWebHost__hostid: 'another' }),
    ]);
    expect(one).not.toEqual(other);
  });

  it('that cannot be read stop the start, with the setting and the address', async () => {
    const environment = {
      AzureWebJobsStorage: storage.connectionString.replace(
        /BlobEndpoint=[^;]*/,
        'BlobEndpoint=http://127.0.0.1:9/devstoreaccount1',
      ),
    };
    await expect(startTestHost('plain', { environment })).rejects.toThrow(
      /^AzureWebJobsStorage: .*http:\/\/127\.0\.0\.1:9\/devstoreaccount1/,
    );
  });

  it('need no storage: without it they are new each time', async () => {
    expect(await readHostKeys({})).not.toEqual(await readHostKeys({}));
  });
});
