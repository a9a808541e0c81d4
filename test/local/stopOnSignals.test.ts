import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { environment } from '../../src/settings.ts';
import { until } from '../support/until.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gateway-stop-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** A script of package.json in a shell of its own, as npm runs it; both outputs are closed when all of it is gone. */
const inShell = (line: string) =>
  spawn('sh', ['-c', line, process.execPath, folder], {
    env: { ...environment(), npm_lifecycle_event: 'start' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });

const start = '"$0" .build/start.mjs --port 0 --data "$1"';

describe('a command that npm runs', () => {
  it('ends, with all it started, when its shell dies while it starts', async () => {
    const shell = inShell(`${start}; :`);
    shell.stdout.resume();
    const gone = once(shell, 'close');
    await until('the start to take the folder', async () => (await readdir(folder)).includes('lock'));
    shell.kill('SIGKILL');
    await gone;
    expect(await readdir(folder)).toEqual(['azurite']);
  });

  it('ends when its shell died before it could look', async () => {
    const shell = inShell(`${start} &`);
    shell.stdout.resume();
    await once(shell, 'close');
    expect(await readdir(folder)).toEqual(['azurite']);
  });

  it('starts and then stops when it is told to while it starts', async () => {
    const shell = inShell(`exec ${start}`);
    shell.stdout.resume();
    const ended = once(shell, 'exit');
    await until('the start to take the folder', async () => (await readdir(folder)).includes('lock'));
    shell.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
    expect(await readdir(folder)).toEqual(['azurite']);
  });
});
