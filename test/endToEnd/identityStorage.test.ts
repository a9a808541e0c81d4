import { resolve } from 'node:path';
import { type RunningHost, startHost } from '../../src/local/host/host.ts';
import { startIdentity } from '../../src/local/identity/identity.ts';
import type { RunningPart } from '../../src/local/part.ts';
import { startSimulator } from '../../src/local/simulator/simulator.ts';
import { type Azurite, startAzurite } from '../../src/local/stack/azurite.ts';

const certificate = resolve('test/support/certificate/cert.pem');
const key = resolve('test/support/certificate/key.pem');

let parts: readonly RunningPart[];
let azurite: Azurite;
let host: RunningHost;

beforeAll(async () => {
  azurite = await startAzurite({ appRoot: resolve('.'), tls: { certificate, key } });
  const simulator = await startSimulator({ port: 0 });
  const identity = await startIdentity({ port: 0, header: 'secret' });
  host = await startHost({
    port: 0,
    appRoot: resolve('.'),
    workerPath: resolve('.build/worker.mjs'),
    environment: {
      QUOTA_NEW_LEDGER: 'unused',
      DEFENDER_BASE_URL: simulator.url,
      SECURITY_STATES_BASE_URL: simulator.url,
      STORAGE_TABLES_ENDPOINT: azurite.tables,
      STORAGE_QUEUES_ENDPOINT: azurite.queues,
      STORAGE_BLOBS_ENDPOINT: azurite.blobs,
      IDENTITY_ENDPOINT: `${identity.url}/msi/token`,
      IDENTITY_HEADER: 'secret',
      AZURE_CLIENT_ID: '11111111-2222-3333-4444-555555555555',
      NODE_EXTRA_CA_CERTS: certificate,
    },
    log: () => {},
  });
  parts = [host, simulator, identity];
});

afterAll(async () => {
  for (const part of parts) await part.stop();
  await azurite.stop();
});

describe('with no secret in the settings, as in Azure', () => {
  it('the identity opens the ledger in Table storage and Defender', async () => {
    const response = await fetch(`${host.url}/api/machines?$top=1`, {
      headers: { 'x-functions-key': host.keys.function },
    });
    expect(response.status).toBe(200);
    expect(azurite.tables).toMatch(/^https:/);
  });
});
