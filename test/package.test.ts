import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { unzipSync } from 'fflate';
import {
  eventGridTrigger,
  eventHubTrigger,
  httpTriggers,
  queueTriggers,
  timerTriggers,
} from '../src/functions/triggers.ts';
import { type RunningHost, startHost } from '../src/local/host/host.ts';
import { type Azurite, startAzurite } from './support/azurite.ts';

let scratch: string;
let made: { readonly folder: string; readonly said: string };
let files: Readonly<Record<string, Uint8Array>>;

/** Makes the package in a folder of its own. */
const makePackage = (name: string, environment: Readonly<Record<string, string>> = {}) => {
  const folder = join(scratch, name);
  const run = spawnSync(process.execPath, ['scripts/package.mjs', '--out', folder], {
    env: environment,
    encoding: 'utf8',
  });
  if (run.status !== 0) throw new Error(`no package was made: ${run.stderr}`);
  return { folder, said: run.stdout };
};

const zipOf = (folder: string) => readFileSync(join(folder, 'gateway.zip'));
const manifestOf = () => JSON.parse(Buffer.from(files['package.json'] ?? []).toString('utf8'));

beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), 'gateway-package-'));
  made = makePackage('made');
  files = unzipSync(zipOf(made.folder));
});

afterAll(() => rmSync(scratch, { recursive: true, force: true }));

describe('the package', () => {
  it('holds the modules of the bundle, host.json and package.json, and nothing else', () => {
    const bundle = Object.keys(JSON.parse(readFileSync('.build/deployed.json', 'utf8')).outputs);
    expect(Object.keys(files)).toEqual([...bundle, 'host.json', 'package.json'].sort());
    for (const name of Object.keys(files)) expect(name).toMatch(/^(dist\/.+\.mjs|host\.json|package\.json)$/);
  });

  it('tells nothing of the machine that made it', () => {
    for (const [name, content] of Object.entries(files)) {
      const text = Buffer.from(content).toString('utf8');
      expect([name, text.includes(resolve('.')), text.includes('sourceMappingURL')]).toEqual([name, false, false]);
    }
  });

  it('has a package.json without packages to install and scripts to run', () => {
    const { version, engines } = JSON.parse(readFileSync('package.json', 'utf8'));
    expect(manifestOf()).toEqual({
      name: 'defender-machine-gateway',
      version,
      type: 'module',
      main: 'dist/main.mjs',
      engines,
    });
  });

  it('has the host.json that is tested here', () => {
    expect(Buffer.from(files['host.json'] ?? [])).toEqual(readFileSync('host.json'));
  });

  it('stays small enough to be fetched at each cold start: 750 kB packed', () => {
    const { length } = zipOf(made.folder);
    expect(length).toBeGreaterThan(100_000);
    expect(length).toBeLessThan(750_000);
    expect(made.said).toContain(`${Object.keys(files).length} files`);
    expect(made.said).toContain(`${length.toLocaleString('en')} bytes packed`);
  });

  it('is the same to the byte when it is made again, in another time zone', () => {
    const again = makePackage('again', { TZ: 'Pacific/Kiritimati' });
    expect(zipOf(again.folder).equals(zipOf(made.folder))).toBe(true);
  });

  it('stands unpacked beside the zip, without leftovers of an earlier one', () => {
    const stale = join(made.folder, 'app/dist/chunks/stale.mjs');
    writeFileSync(stale, '');
    makePackage('made');
    expect(existsSync(stale)).toBe(false);
    const app = join(made.folder, 'app');
    const names = readdirSync(app, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => relative(app, join(entry.parentPath, entry.name)).replaceAll('\\', '/'));
    expect(names.sort()).toEqual(Object.keys(files));
    for (const name of names) expect(readFileSync(join(app, name)).equals(files[name] ?? Buffer.of())).toBe(true);
  });

  it('says what to do where nothing is built', () => {
    const elsewhere = join(scratch, 'unbuilt');
    mkdirSync(join(elsewhere, 'scripts'), { recursive: true });
    symlinkSync(resolve('node_modules'), join(elsewhere, 'node_modules'), 'junction');
    copyFileSync('scripts/package.mjs', join(elsewhere, 'scripts/package.mjs'));
    const run = spawnSync(process.execPath, [join(elsewhere, 'scripts/package.mjs')], { encoding: 'utf8' });
    expect(run.status).not.toBe(0);
    expect(run.stderr).toContain('run npm run build first');
  });
});

describe('the package, unpacked where no node_modules are', () => {
  let azurite: Azurite;
  let host: RunningHost;

  beforeAll(async () => {
    const app = join(scratch, 'unpacked');
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(dirname(join(app, name)), { recursive: true });
      writeFileSync(join(app, name), content);
    }
    azurite = await startAzurite();
    host = await startHost({
      port: 0,
      appRoot: app,
      workerPath: resolve('.build/worker.mjs'),
      environment: {
        AzureWebJobsStorage: azurite.connectionString,
        AlertStream__fullyQualifiedNamespace: 'contoso.servicebus.windows.net',
        ALERT_STREAM_HUB: 'alerts',
        CALLER_AUTH: 'key',
      },
      log: () => {},
    });
  });

  afterAll(async () => {
    await host?.stop();
    await azurite?.stop();
  });

  it('starts, and answers that it lives', async () => {
    const response = await fetch(`${host.url}/gateway/health`);
    expect(response.status).toBe(200);
  });

  it('loads what its functions do, too: the ledger is read and shown', async () => {
    const response = await fetch(`${host.url}/gateway/quota`, { headers: { 'x-functions-key': host.keys.function } });
    expect(response.status).toBe(200);
  });

  it('has every function of the sources, and no other', () => {
    const triggers = [...httpTriggers, ...timerTriggers, ...queueTriggers, eventGridTrigger, eventHubTrigger];
    expect(host.functions.map(({ name }) => name).sort()).toEqual(triggers.map(({ name }) => name).sort());
  });
});
