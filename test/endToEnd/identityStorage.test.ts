import { resolve } from 'node:path';
import { type RunningHost, startHost } from '../../src/local/host/host.ts';
import type { HostEvent } from '../../src/local/host/hostEvent.ts';
import { startIdentity } from '../../src/local/identity/identity.ts';
import type { RunningPart } from '../../src/local/part.ts';
import { startSimulator } from '../../src/local/simulator/simulator.ts';
import { type Azurite, startAzurite } from '../../src/local/stack/azurite.ts';
import { bodyOf } from '../support/gateway.ts';
import { until } from '../support/until.ts';

const certificate = resolve('test/support/certificate/cert.pem');
const key = resolve('test/support/certificate/key.pem');
const clientId = '11111111-2222-3333-4444-555555555555';
const alertId = '636688558380765161_2136280442';

let parts: readonly RunningPart[];
let azurite: Azurite;
let host: RunningHost;
let environment: Readonly<Record<string, string>>;
const events: HostEvent[] = [];

const start = () =>
  startHost({
    port: 0,
    appRoot: resolve('.'),
    workerPath: resolve('.build/worker.mjs'),
    environment,
    log: (event) => events.push(event),
  });

beforeAll(async () => {
  azurite = await startAzurite({ appRoot: resolve('.'), tls: { certificate, key } });
  const simulator = await startSimulator({ port: 0 });
  const identity = await startIdentity({ port: 0, header: 'secret', clientId });
  environment = {
    CALLER_AUTH: 'key',
    QUOTA_NEW_LEDGER: 'unused',
    SNAPSHOT_PRUNE_SCHEDULE: '* * * * * *',
    DEFENDER_BASE_URL: simulator.url,
    SECURITY_STATES_BASE_URL: simulator.url,
    AzureWebJobsStorage__blobServiceUri: azurite.blobs,
    AzureWebJobsStorage__queueServiceUri: azurite.queues,
    AzureWebJobsStorage__tableServiceUri: azurite.tables,
    AzureWebJobsStorage__credential: 'managedidentity',
    AzureWebJobsStorage__clientId: clientId,
    STORAGE_TABLES_ENDPOINT: azurite.tables,
    STORAGE_QUEUES_ENDPOINT: azurite.queues,
    STORAGE_BLOBS_ENDPOINT: azurite.blobs,
    IDENTITY_ENDPOINT: `${identity.url}/msi/token`,
    IDENTITY_HEADER: 'secret',
    AZURE_CLIENT_ID: clientId,
    NODE_EXTRA_CA_CERTS: certificate,
  };
  host = await start();
  parts = [host, simulator, identity];
});

afterAll(async () => {
  for (const part of parts) await part.stop();
  await azurite.stop();
});

const ask = (path: string, init: RequestInit = {}) =>
  fetch(`${host.url}${path}`, {
    ...init,
    headers: { 'x-functions-key': host.keys.function, 'content-type': 'application/json', prefer: 'wait=20' },
  });
const runs = (name: string) =>
  events.filter((event) => event.kind === 'invocation' && event.functionName === name && event.outcome === 'succeeded');

describe('with no secret in the settings, as in Azure', () => {
  it('the identity opens the ledger in Table storage and Defender', async () => {
    expect((await ask('/api/machines?$top=1')).status).toBe(200);
    expect([azurite.tables, azurite.queues, azurite.blobs].every((address) => address.startsWith('https:'))).toBe(true);
    expect(JSON.stringify(environment)).not.toMatch(/AccountKey|UseDevelopmentStorage|SharedAccess/);
  });

  it('an alert that is posted is enriched by what its queues trigger', async () => {
    const posted = await ask('/gateway/alerts', { method: 'POST', body: JSON.stringify({ alertId }) });
    expect(posted.status).toBe(202);
    const alert = await bodyOf(await ask(`/gateway/alerts/${alertId}`));
    expect(alert).toMatchObject({ state: 'enriched' });
    await until('a delivery', () => runs('deliverResult').length > 0);
    expect(runs('enrichAlert').length).toBeGreaterThan(0);
  });

  it('a timer runs, its lease and its status in blobs', async () => {
    await until('two ticks', () => runs('pruneSnapshots').length > 1);
    expect(events.filter(({ kind }) => kind === 'workerExited')).toEqual([]);
  });

  it('the keys are kept in a blob: another host has the same', async () => {
    const other = await start();
    await other.stop();
    expect(other.keys).toEqual(host.keys);
  });
});
