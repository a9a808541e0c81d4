import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { QueueServiceClient } from '@azure/storage-queue';
import type { HostEvent } from '../../../src/local/host/hostEvent.ts';
import { isAlive } from '../../../src/local/stack/isAlive.ts';
import { environment } from '../../../src/settings.ts';
import { type Azurite, startAzurite } from '../../support/azurite.ts';
import { until } from '../../support/until.ts';
import { appRoot } from './support/testHost.ts';

/** `npm run host` in the folder of an app, as npm starts it. */
const startCommand = (app: string, ...args: readonly string[]) => startWith({}, app, ...args);

const startWith = (settings: Readonly<Record<string, string>>, app: string, ...args: readonly string[]) => {
  const script = join(process.cwd(), '.build/host.mjs');
  const env = { ...environment(), ...settings };
  const child = spawn(process.execPath, [script, ...args], {
    cwd: appRoot(app),
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const lines: string[] = [];
  for (const stream of [child.stdout, child.stderr] as Readable[]) {
    createInterface(stream).on('line', (line) => lines.push(line));
  }
  const events = () => lines.map((line): HostEvent => JSON.parse(line));
  const event = <K extends HostEvent['kind']>(kind: K) =>
    until(`the event ${kind}`, () => events().find((one): one is Extract<HostEvent, { kind: K }> => one.kind === kind));
  return { child, lines, event, ended: once(child, 'close').then(() => child.exitCode) };
};

const running = new Set<ChildProcess>();
let azurite: Azurite | undefined;

afterEach(async () => {
  for (const child of running) child.kill('SIGKILL');
  running.clear();
  await azurite?.stop();
});

describe('npm run host', () => {
  it('serves the app of its folder, tells it in JSON, and ends well when told to', async () => {
    const { child, event, ended } = startCommand('plain', '--port', '0', '--functions', 'machines,nightly', '--json');
    running.add(child);
    const ready = await event('ready');
    expect(ready.functions.map(({ name }) => name)).toEqual(['machines', 'nightly']);
    expect((await fetch(`${ready.url}/api/machines`)).status).toBe(200);
    expect(await event('request')).toMatchObject({ path: '/api/machines', status: 200 });
    child.kill('SIGTERM');
    expect(await ended).toBe(0);
    expect(await event('stopped')).toBeDefined();
    expect(isAlive((await event('workerStarted')).pid)).toBe(false);
  });

  it('tells people one line per call', async () => {
    const { child, lines, ended } = startCommand('plain', '--port', '0', '--functions', 'machines');
    running.add(child);
    const ready = await until('the address', () => lines.find((line) => line.startsWith('host: ')));
    const url = ready.slice('host: '.length);
    await fetch(`${url}/api/machines?code=secret`);
    await until('the line', () => lines.some((line) => /^GET \/api\/machines 200 \d+ ms \(machines\)$/.test(line)));
    expect(lines).toContain(`  machines  GET ${url}/api/machines`);
    child.kill('SIGINT');
    expect(await ended).toBe(0);
  });

  it('takes two signals close to each other for one, and a later one for now', async () => {
    const { child, event, ended } = startCommand('plain', '--port', '0', '--json');
    running.add(child);
    const { url } = await event('ready');
    const waits = fetch(`${url}/answers/waits`, { method: 'POST' }).catch(() => 'cut');
    await event('log');
    child.kill('SIGINT');
    child.kill('SIGINT');
    await event('stopping');
    expect(isAlive(child.pid ?? 0)).toBe(true);
    await until('the process to end', () => child.exitCode !== null || !child.kill('SIGINT'));
    expect([await ended, await waits]).toEqual([130, 'cut']);
    const { pid } = await event('workerStarted');
    await until('the worker to end', () => !isAlive(pid));
  });

  it('leaves no worker behind when it is killed', async () => {
    const { child, event, ended } = startCommand('modules', '--port', '0', '--json');
    const { pid } = await event('workerStarted');
    child.kill('SIGKILL');
    await ended;
    await until('the worker to end', () => !isAlive(pid));
  });

  it('leaves a message to others when it is killed, once its lease is over', async () => {
    azurite = await startAzurite();
    const { connectionString } = azurite;
    const queue = QueueServiceClient.fromConnectionString(connectionString).getQueueClient('held');
    await queue.create();
    await queue.sendMessage(Buffer.from('text').toString('base64'));
    const args = ['--port', '0', '--json', '--functions', 'holds', '--message-lease', '2'];
    const start = () => startWith({ AzureWebJobsStorage: connectionString }, 'triggers', ...args);
    const first = start();
    running.add(first.child);
    expect(await first.event('log')).toMatchObject({ functionName: 'holds', message: 'time 1' });
    first.child.kill('SIGKILL');
    const { pid } = await first.event('workerStarted');
    await until('the worker to end', () => !isAlive(pid));
    const second = start();
    running.add(second.child);
    expect(await second.event('log')).toMatchObject({ functionName: 'holds', message: 'time 2' });
    expect(await second.event('invocation')).toMatchObject({ outcome: 'succeeded' });
  });

  it.each([
    [['--prt', '1'], /--prt/],
    [['--port', 'http'], /^host: --port http: give a whole number from 0 to 65535$/],
    [['--functions', 'a,,b'], /^host: --functions a,,b: write http, or names/],
    [['--message-lease', '1'], /^host: --message-lease 1: give a whole number from 2 to 604800$/],
    [['stray'], /stray/],
  ])('refuses %j with exit code 2, naming the argument', async (args, message) => {
    const { lines, ended } = startCommand('plain', ...args);
    expect(await ended).toBe(2);
    expect(lines.join('\n')).toMatch(message);
  });

  it('says that an app is not built, with exit code 1', async () => {
    const { lines, ended } = startCommand('unbuilt', '--port', '0');
    expect(await ended).toBe(1);
    expect(lines.join('\n')).toMatch(/run npm run build/);
  });

  it('shows what it takes', async () => {
    const { lines, ended } = startCommand('plain', '--help');
    expect(await ended).toBe(0);
    expect(lines[0]).toBe('npm run host -- [--port N] [--functions http|NAME,NAME] [--message-lease SECONDS] [--json]');
  });
});
