import { readFileSync } from 'node:fs';
import type { Azurite } from '../../../src/local/stack/azurite.ts';
import { usualPorts } from '../../../src/local/stack/ports.ts';
import { wiring } from '../../../src/local/stack/wiring.ts';
import { settingNames } from '../../../src/settings.ts';

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
});
