import { readFileSync } from 'node:fs';
import type { Azurite } from '../../../src/local/stack/azurite.ts';
import { startExampleIssuer } from '../../../src/local/stack/entraParts.ts';
import { exampleAudience, exampleTenant } from '../../../src/local/stack/exampleCallers.ts';
import { usualPorts } from '../../../src/local/stack/ports.ts';
import { wiring } from '../../../src/local/stack/wiring.ts';
import { readSettings, settingNames } from '../../../src/settings.ts';

const sample: Readonly<Record<string, string>> = JSON.parse(readFileSync('local.settings.sample.json', 'utf8')).Values;

const at = (port: number) => ({ url: `http://127.0.0.1:${port}`, stop: async () => {} });
const azurite: Azurite = {
  pid: 1,
  connectionString: 'of this stack',
  blobs: '',
  queues: '',
  tables: '',
  ended: new Promise(() => {}),
  stop: async () => {},
};

describe('the sample settings', () => {
  it('name every setting', () => {
    expect(Object.keys(sample).sort()).toEqual(['FUNCTIONS_WORKER_RUNTIME', ...settingNames].sort());
  });

  it('mean what npm start tells its functions on the usual ports', () => {
    const told = wiring({ azurite, simulator: at(usualPorts.simulator), identity: at(usualPorts.identity) }, 'local');
    expect({ ...sample, ...told }).toEqual({ ...sample, AzureWebJobsStorage: 'of this stack' });
    expect(sample.AzureWebJobsStorage).toBe('UseDevelopmentStorage=true');
  });

  it('are told of an issuer where callers are known by tokens, and are right then', async () => {
    const issuer = await startExampleIssuer(0, () => undefined);
    const parts = { azurite, simulator: at(usualPorts.simulator), identity: at(usualPorts.identity), issuer };
    const told = { ...sample, ...wiring(parts, 'local'), AZURE_FUNCTIONS_ENVIRONMENT: 'Development' };
    expect(readSettings(told)).toMatchObject({
      CALLER_AUTH: 'entra',
      AZURE_TENANT_ID: exampleTenant,
      CALLER_AUDIENCES: Object.values(exampleAudience),
      CALLER_ISSUERS: issuer.issuers,
      CALLER_KEYS_URL: issuer.keysUrl,
    });
    await issuer.stop();
  });
});
