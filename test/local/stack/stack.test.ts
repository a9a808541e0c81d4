import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDoor } from '../../../src/local/stack/door.ts';
import { type RunningStack, startStack } from '../../../src/local/stack/stack.ts';
import type { StackEvent, StackOptions } from '../../../src/local/stack/stackOptions.ts';
import { environment } from '../../../src/settings.ts';

const options: StackOptions = {
  appRoot: process.cwd(),
  workerPath: join(process.cwd(), '.build/worker.mjs'),
  data: { kind: 'memory' },
  environment: environment(),
};

describe('a stack with two functions hosts', () => {
  const events: StackEvent[] = [];
  let stack: RunningStack;
  let folder: string;
  let lockAtFirst: string | undefined;

  beforeAll(async () => {
    const own = { QUOTA_LIMITS: '2/60', DEFENDER_BASE_URL: 'https://api.security.microsoft.com' };
    folder = await mkdtemp(join(tmpdir(), 'stack-'));
    stack = await startStack({
      ...options,
      data: { kind: 'folder', folder },
      hosts: 2,
      environment: { ...options.environment, ...own },
      log: (event) => {
        if (event.kind === 'host') lockAtFirst ??= readFileSync(join(folder, 'lock'), 'utf8');
        events.push(event);
      },
    });
  });

  afterAll(async () => {
    await stack.stop();
    await rm(folder, { recursive: true });
  });

  it('names the writer of its data folder already while its hosts start', () => {
    expect(JSON.parse(lockAtFirst ?? '')).toEqual({
      pid: process.pid,
      door: expect.any(Number),
      writer: stack.azurite.pid,
    });
  });

  const ask = (host: number, path: string) => {
    const { url, keys } = stack.hosts[host] ?? stack.hosts[0];
    return fetch(`${url}${path}`, { headers: { 'x-functions-key': keys.function, prefer: 'wait=0' } });
  };

  it('has the same keys at both, kept in the storage between them', () => {
    const [first, second] = stack.hosts;
    expect(second?.keys).toEqual(first.keys);
    expect(second?.url).not.toBe(first.url);
    expect(stack.url).toBe(first.url);
  });

  it('asks its own Defender, whatever address the environment has', async () => {
    const response = await ask(0, '/api/machines?$top=1');
    expect(response.status).toBe(200);
    expect(events).toContainEqual({
      kind: 'simulator',
      line: expect.stringMatching(/^GET \/api\/machines\?\$top=1 200/),
    });
    expect(events).toContainEqual({ kind: 'identity', line: expect.stringContaining('token for') });
  });

  it('has one quota for both, as the environment sets it', async () => {
    const statuses = [(await ask(1, '/api/machines')).status, (await ask(0, '/api/machines')).status];
    expect(statuses).toEqual([200, 429]);
  });

  it('tells which host was called', async () => {
    await ask(1, '/gateway/health?');
    const event = expect.objectContaining({ kind: 'request', path: '/gateway/health' });
    expect(events).toContainEqual({ kind: 'host', number: 2, event });
  });
});

describe('a stack that does not start', () => {
  it('leaves nothing behind', async () => {
    const door = await openDoor();
    door.close();
    const blobs = door.port;
    const wrong = { ...options.environment, QUOTA_SCOPE: 'all' };
    await expect(startStack({ ...options, ports: { blobs }, environment: wrong })).rejects.toThrow('QUOTA_SCOPE');
    await expect(fetch(`http://127.0.0.1:${blobs}`)).rejects.toThrow('fetch failed');
  });

  it('names a data folder that it cannot have', async () => {
    const data = { kind: 'folder', folder: join(process.cwd(), 'package.json') } as const;
    await expect(startStack({ ...options, data })).rejects.toThrow(/package\.json/);
  });
});
