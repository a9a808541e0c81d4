import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { listen } from '../../../src/local/listen.ts';
import type { RunningPart } from '../../../src/local/part.ts';
import type { WatchedRun } from '../../../src/local/snapshot/watchedRun.ts';
import { openDoor } from '../../../src/local/stack/door.ts';
import { endCommands, runBuilt } from '../../support/builtCommand.ts';
import { progressWith, runWith } from './support/runs.ts';

const parts: RunningPart[] = [];
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'snapshot-'));
});
afterEach(async () => {
  await endCommands();
  for (const part of parts.splice(0)) await part.stop();
});
afterAll(() => rm(folder, { recursive: true }));

const served = async (listener: RequestListener): Promise<string> => {
  const part = await listen(createServer(listener), 0);
  parts.push(part);
  return part.url;
};

/** A gateway of which each look at a run shows the next of these; the last one for ever. */
const gatewayWith = (runs: readonly WatchedRun[]): Promise<string> => {
  const left = [...runs];
  let isFired = false;
  return served((request, response) => {
    const isList = request.url?.startsWith('/gateway/snapshots?');
    if (request.headers['x-functions-key'] !== 'master') response.writeHead(401).end();
    else if (request.method === 'POST') {
      isFired = true;
      response.writeHead(202).end();
    } else if (isList) response.end(JSON.stringify({ value: isFired ? left.slice(0, 1) : [] }));
    else response.end(JSON.stringify(left.length > 1 ? left.shift() : left[0]));
  });
};

const snapshot = (...args: readonly string[]) => runBuilt('snapshot', args);
const of = (url: string, key = 'master') => snapshot('--url', url, '--key', key);

const merging = runWith({ state: 'merging', progress: progressWith({ merged: 16 }) });

describe('npm run snapshot, of another gateway', () => {
  it('tells line by line how far the run is and what it found, and ends with 0', async () => {
    const command = of(await gatewayWith([merging, merging, runWith()]));
    expect(await command.ended).toBe(0);
    expect(command.lines.slice(0, 3)).toEqual([
      'run 20261121T190000Z',
      'merging 25%: 16 of 64 buckets, 1,200 machines',
      'complete  20261121T190000Z',
    ]);
  });

  it.each(['incomplete', 'failed'] as const)('ends with 1 and the reason where the run is %s', async (state) => {
    const command = of(await gatewayWith([merging, runWith({ state, reason: 'a page failed' })]));
    expect(await command.ended).toBe(1);
    expect(command.lines).toContain(`${state}: a page failed  20261121T190000Z`);
  });

  it('says which key is wanted where it is refused', async () => {
    const url = await gatewayWith([]);
    const command = of(url, 'another');
    expect(await command.ended).toBe(1);
    expect(command.lines).toEqual([
      `snapshot: ${url} refuses the key; --key takes the master key of the functions app, and where CALLER_AUTH is entra there, --token a token for it`,
    ]);
  });

  it('says what is missing where there is no such function', async () => {
    const url = await served((request, response) => {
      if (request.method === 'POST') response.writeHead(404).end();
      else response.end('{"value":[]}');
    });
    const command = of(url);
    expect(await command.ended).toBe(1);
    expect(command.lines).toEqual([`snapshot: there is no function snapshotSecurityStates at ${url}`]);
  });

  it('says that nobody answers', async () => {
    const door = await openDoor();
    door.close();
    const command = of(`http://127.0.0.1:${door.port}`);
    expect(await command.ended).toBe(1);
    expect(command.lines.join()).toMatch(/^snapshot: http:\S+ does not answer: .*ECONNREFUSED/);
  });

  it('can be broken off, and says what becomes of the run', async () => {
    const command = of(await gatewayWith([merging]));
    await command.line(/merging/);
    command.child.kill('SIGINT');
    expect(await command.ended).toBe(1);
    expect(command.lines.at(-1)).toMatch(/^broken off;/);
  });
});

describe('npm run snapshot, on this machine', () => {
  it('starts a gateway where none runs, and keeps what it found for the next', async () => {
    const first = snapshot('--data', folder, '--machines', '50');
    expect(await first.ended).toBe(0);
    expect(first.lines[0]).toMatch(/^no gateway runs with \S+: starting one/);
    const second = snapshot('--data', folder, '--machines', '60');
    expect(await second.ended).toBe(0);
    expect(second.lines.join('\n')).toMatch(/^ {2}changes +\d+ appeared/m);
  }, 60_000);

  it('says who uses the folder where that is no gateway', async () => {
    const door = await openDoor();
    const other = await mkdtemp(join(folder, 'other-'));
    const holder = { pid: process.pid, door: door.port, url: 'http://127.0.0.1:10000' };
    await writeFile(join(other, 'lock'), JSON.stringify(holder));
    const command = snapshot('--data', other);
    expect(await command.ended).toBe(1);
    expect(command.lines.join()).toContain(`process ${process.pid} uses ${other}, and is no npm start`);
    door.close();
  });

  it('explains itself', async () => {
    const command = snapshot('--help');
    expect(await command.ended).toBe(0);
    expect(command.lines[0]).toContain('npm run snapshot -- [--data DIR]');
  });

  it.each([
    [['--url', 'https://name.example'], 'give --key too'],
    [['--quick'], '--quick'],
    [['--machines', 'many'], '--machines many: give a whole number'],
  ])('ends with 2 where an argument is wrong: %j', async (args, message) => {
    const command = snapshot(...args);
    expect(await command.ended).toBe(2);
    expect(command.lines.join()).toContain(message);
  });
});
