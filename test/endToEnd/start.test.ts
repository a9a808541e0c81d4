import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { isAlive } from '../../src/local/stack/isAlive.ts';
import { type BuiltCommand, childrenOf, endCommands, runBuilt } from '../support/builtCommand.ts';
import { until } from '../support/until.ts';

const run = promisify(execFile);
const folders: string[] = [];

const newFolder = async () => {
  const folder = await mkdtemp(join(tmpdir(), 'gateway-start-'));
  folders.push(folder);
  return folder;
};

const start = (folder: string, ...args: readonly string[]) =>
  runBuilt('start', ['--port', '0', '--data', folder, ...args]);

const isReady = (command: BuiltCommand) => command.line(/Ctrl-C stops/, 15_000);

const curlsOf = ({ lines }: BuiltCommand) =>
  lines.map((line) => line.trim()).filter((line) => line.startsWith('curl '));

const keyOf = (command: BuiltCommand) => /key: ([^']+)/.exec(curlsOf(command)[0] ?? '')?.[1];

const areGone = (pids: readonly number[]) => until('the children to end', () => !pids.some(isAlive));

const answers = (url: string) =>
  fetch(url).then(
    () => true,
    () => false,
  );

/** Every address that it printed, as far as the port. */
const originsOf = ({ lines }: BuiltCommand) => [...new Set(lines.join('\n').match(/http:\/\/127\.0\.0\.1:\d+/g))];

afterAll(async () => {
  await endCommands();
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

describe('npm start', () => {
  let folder: string;
  let stack: BuiltCommand;

  beforeAll(async () => {
    folder = await newFolder();
    // Nobody listens there: whatever is on this machine has to be asked without the proxy.
    const proxy = { HTTP_PROXY: 'http://127.0.0.1:9', NO_PROXY: '', no_proxy: '' };
    stack = runBuilt('start', ['--port', '0', '--data', folder, '--limits', '100/60,1500/3600'], proxy);
    await isReady(stack);
  });

  it('prints where each part answers', async () => {
    const names = stack.lines.flatMap((line) => /^ {2}(\w+) +http:/.exec(line)?.[1] ?? []);
    expect(names).toEqual(['gateway', 'simulator', 'identity', 'blobs', 'queues', 'tables']);
    expect(originsOf(stack)).toHaveLength(6);
    for (const origin of originsOf(stack)) expect(await answers(origin)).toBe(true);
  });

  it('is found by npm run snapshot, which shows a run and what it found', async () => {
    const [, url = ''] = await stack.line(/gateway +(\S+)/);
    const first = runBuilt('snapshot', ['--data', folder]);
    expect([await first.ended, first.lines[0]]).toEqual([0, `the gateway of npm start, ${url}`]);
    const said = first.lines.join('\n');
    expect(said).toMatch(/^run \d{8}T\d{6}Z$/m);
    expect(said).toMatch(/^complete {2}\d{8}T\d{6}Z\n {2}machines +415 seen, 415 kept\n {2}changes +none\n/m);
    expect(said).not.toContain('\u001b');
    const [again, beside] = [runBuilt('snapshot', ['--data', folder]), runBuilt('snapshot', ['--data', folder])];
    expect(await Promise.all([again.ended, beside.ended])).toEqual([0, 0]);
  });

  it('prints a line for each call, and for what is the gateway’s own, that a shell can run', async () => {
    const curls = curlsOf(stack);
    expect(curls).toHaveLength(19);
    for (const line of curls) {
      const status = /\/(?:gateway|hooks)\/alerts'$/.test(line) ? 202 : 200;
      const { stdout } = await run('sh', ['-c', `${line} -o "$0" -w '%{http_code}'`, join(folder, 'answer.json')]);
      expect(`${line} ${stdout}`).toBe(`${line} ${status}`);
    }
  });

  it('logs one line per call, without values of its query and without its key', async () => {
    const key = keyOf(stack);
    const [, url = ''] = await stack.line(/gateway +(\S+)/);
    await fetch(`${url}/api/machines?$filter=id%20eq%20'secret'&code=${key}`);
    await stack.line(/^\d\d:\d\d:\d\d GET \/api\/machines\?\$filter 200 \d+ ms \(listMachines\)$/);
    const calls = stack.lines.filter((line) => / GET /.test(line) && /^\d\d:/.test(line));
    expect(calls.join()).not.toMatch(new RegExp(`secret|${key}`));
  });

  it('tells a second start who is running, and leaves the first alone', async () => {
    const [, url] = await stack.line(/gateway +(\S+)/);
    for (const more of [[], ['--fresh']]) {
      const second = start(folder, ...more);
      expect(await second.ended).toBe(1);
      const said = `start: already running (process ${stack.child.pid}, ${url}); stop it with Ctrl-C there, or give --data another folder`;
      expect(second.lines).toEqual([said]);
    }
    const { stdout } = await run('sh', [
      '-c',
      `${curlsOf(stack)[1]} -o "$0" -w '%{http_code}'`,
      join(folder, 'again.json'),
    ]);
    expect(stdout).toBe('200');
  });

  it('stops everything on Ctrl-C, and frees the ports', async () => {
    const children = await childrenOf(stack);
    expect(children).toHaveLength(2);
    stack.child.kill('SIGINT');
    expect(await stack.ended).toBe(0);
    expect(stack.lines.slice(-2)).toEqual([
      'stopping the functions host, the simulator, the identity and Azurite',
      'stopped',
    ]);
    expect(children.filter(isAlive)).toEqual([]);
    for (const origin of originsOf(stack)) expect(await answers(origin)).toBe(false);
    await expect(readFile(join(folder, 'lock'))).rejects.toThrow('ENOENT');
  });

  it('keeps its data until it is told to forget it', async () => {
    const again = start(folder);
    await isReady(again);
    expect(keyOf(again)).toBe(keyOf(stack));
    again.child.kill('SIGTERM');
    expect(await again.ended).toBe(0);
    const fresh = start(folder, '--fresh');
    await isReady(fresh);
    expect(keyOf(fresh)).not.toBe(keyOf(stack));
    fresh.child.kill('SIGHUP');
    expect(await fresh.ended).toBe(0);
  });
});

describe('npm start -- --auth entra', () => {
  it('prints how to get a token, and calls that are served with it', async () => {
    const folder = await newFolder();
    const stack = start(folder, '--auth', 'entra');
    await isReady(stack);
    const names = stack.lines.flatMap((line) => /^ {2}(\w+) +http:/.exec(line)?.[1] ?? []);
    expect(names.slice(0, 3)).toEqual(['front', 'gateway', 'issuer']);
    const tokens = stack.lines.filter((line) => /^ {2}[TA]=\$\(curl /.test(line));
    const curls = curlsOf(stack);
    expect([tokens.length, curls.length]).toEqual([2, 20]);
    for (const line of curls.slice(0, 10)) {
      const script = [...tokens, `${line} -o "$0" -w '%{http_code}'`].join('\n');
      const { stdout } = await run('sh', ['-c', script, join(folder, 'answer.json')]);
      expect(`${line} ${stdout}`).toBe(`${line} 200`);
      expect(line).not.toContain('x-functions-key');
    }
    const snapshot = runBuilt('snapshot', ['--data', folder]);
    expect([await snapshot.ended, snapshot.lines.join('\n')]).toEqual([0, expect.stringContaining('complete')]);
    const replay = runBuilt('replay', ['--data', folder, '--failed']);
    expect([await replay.ended, replay.lines.at(-1)]).toEqual([0, 'no alert failed']);
    stack.child.kill('SIGINT');
    expect(await stack.ended).toBe(0);
    for (const origin of originsOf(stack)) expect(await answers(origin)).toBe(false);
  });
});

describe('npm start, when something goes wrong', () => {
  const servers: Server[] = [];
  afterEach(() => {
    for (const server of servers.splice(0)) server.close();
  });

  it.each([
    ['--port', 'stop what uses it, or give --port another, or --port 0 for free ones'],
    ['--simulator-port', 'stop what uses it, or give --simulator-port another, or 0 for a free one'],
    ['--table-port', 'stop what uses it, or give --table-port another, or 0 for a free one'],
  ])('names a port that is taken, and how to give another: %s', async (option, advice) => {
    const server = createServer().listen(0, '127.0.0.1');
    servers.push(server);
    const port = await until('the port', () => (server.address() as { port: number } | null)?.port);
    const folder = await newFolder();
    const command = start(folder, option, String(port));
    expect(await command.ended).toBe(1);
    expect(command.lines).toEqual([`start: port ${port} is taken; ${advice}`]);
    await expect(readFile(join(folder, 'lock'))).rejects.toThrow('ENOENT');
  });

  it('says what is wrong with a setting, without a trace of its code', async () => {
    const command = runBuilt('start', ['--port', '0', '--data', await newFolder()], { QUOTA_SCOPE: 'all' });
    expect(await command.ended).toBe(1);
    expect(command.lines.join('\n')).toMatch(/QUOTA_SCOPE: write route or application$/);
  });

  it.each([
    ['--hosts', '0', '--hosts 0: give a whole number from 1 to 8'],
    ['--limits', 'many', "--limits: 'many' is not a limit; write calls/seconds, such as 100/60,1500/3600"],
    ['--ports', '0', "Unknown option '--ports'"],
  ])('names a wrong argument: %s %s', async (option, value, said) => {
    const command = runBuilt('start', [option, value]);
    expect(await command.ended).toBe(2);
    expect(command.lines).toEqual([`start: ${said}`]);
  });

  it('leaves nothing behind when it is killed, and starts again over what it left', async () => {
    const folder = await newFolder();
    const killed = start(folder);
    await isReady(killed);
    const children = await childrenOf(killed);
    expect(children).toHaveLength(2);
    killed.child.kill('SIGKILL');
    await killed.ended;
    const next = start(folder);
    await isReady(next);
    expect(keyOf(next)).toBe(keyOf(killed));
    await areGone(children);
    next.child.kill('SIGINT');
    expect(await next.ended).toBe(0);
  });

  it('stops and says why when storage ends by itself', async () => {
    const folder = await newFolder();
    const stack = start(folder);
    await isReady(stack);
    const { writer } = JSON.parse(await readFile(join(folder, 'lock'), 'utf8'));
    process.kill(writer, 'SIGKILL');
    expect(await stack.ended).toBe(1);
    expect(stack.lines.join('\n')).toContain('start: Azurite ended by SIGKILL; nothing works without storage');
  });
});
