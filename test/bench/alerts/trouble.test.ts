import { createServer } from 'node:http';
import { createClient } from '../../../bench/alerts/client.ts';
import { troubleOf } from '../../../bench/alerts/trouble/defenderTrouble.ts';
import { startKiller } from '../../../bench/alerts/trouble/killer.ts';
import { runSpells } from '../../../bench/alerts/trouble/spells.ts';
import { type Spoil, spoilKinds, spoilOf } from '../../../bench/alerts/trouble/spoiling.ts';
import { startStorageProxy } from '../../../bench/alerts/trouble/storageProxy.ts';
import { randomOf } from '../../../bench/quota/random.ts';
import { systemClock } from '../../../src/clock.ts';
import { listen } from '../../../src/local/listen.ts';
import { readFaultRules } from '../../../src/local/simulator/faults/faultRules.ts';
import { fakeClock } from '../../support/fakeClock.ts';

describe('what is spoilt of the requests to storage', () => {
  it('is nothing where no share is', () => {
    expect(spoilOf(0, randomOf(1))).toEqual({ kind: 'none' });
  });

  it('is about the share that was told, of every kind', () => {
    const random = randomOf(1);
    const spoilt = Array.from({ length: 4_000 }, () => spoilOf(0.25, random).kind).filter((kind) => kind !== 'none');
    expect(spoilt.length).toBeGreaterThan(900);
    expect(spoilt.length).toBeLessThan(1_100);
    expect(new Set(spoilt)).toEqual(new Set(spoilKinds));
  });
});

describe('the proxy before storage', () => {
  const heard: string[] = [];
  let spoil: Spoil = { kind: 'none' };
  let service: Awaited<ReturnType<typeof listen>>;
  let proxy: Awaited<ReturnType<typeof startStorageProxy>>;
  const client = createClient(4);

  beforeAll(async () => {
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk) => chunks.push(chunk));
      request.on('end', () => {
        heard.push(`${request.method} ${request.url} ${Buffer.concat(chunks)}`);
        response.writeHead(201, { etag: 'W/"1"' }).end('made');
      });
    });
    service = await listen(server, 0);
    const [blobs, queues, tables] = ['blobs', 'queues', 'tables'].map((name) => `${service.url}/${name}`) as [
      string,
      string,
      string,
    ];
    const connectionString = `QueueEndpoint=${queues};`;
    const azurite = { connectionString, blobs, queues, tables };
    proxy = await startStorageProxy({ azurite, spoil: () => spoil, clock: systemClock });
  });
  beforeEach(() => heard.splice(0));
  afterAll(async () => {
    client.close();
    await proxy.stop();
    await service.stop();
  });

  const ask = async (what: Spoil) => {
    spoil = what;
    const [, url] = /QueueEndpoint=([^;]+);/.exec(proxy.connectionString) ?? [];
    return client.request(`${url}/q?a=1`, { headers: {}, body: 'text' });
  };

  it('hands on what is asked and what is answered', async () => {
    const reply = await ask({ kind: 'none' });
    expect(reply).toMatchObject({ status: 201, body: 'made', headers: { etag: 'W/"1"' } });
    expect(heard).toEqual(['POST /queues/q?a=1 text']);
  });

  it('says that storage is busy, and storage hears nothing', async () => {
    const before = proxy.spoilt.busy;
    const reply = await ask({ kind: 'busy' });
    expect(reply).toMatchObject({ status: 503, headers: { 'x-ms-error-code': 'ServerBusy' } });
    expect(heard).toEqual([]);
    expect(proxy.spoilt.busy).toBe(before + 1);
  });

  it('cuts the connection before storage hears anything', async () => {
    await expect(ask({ kind: 'cutBefore' })).rejects.toThrow('socket hang up');
    expect(heard).toEqual([]);
  });

  it('cuts the connection when storage has done what was asked', async () => {
    await expect(ask({ kind: 'cutAfter' })).rejects.toThrow('socket hang up');
    expect(heard).toEqual(['POST /queues/q?a=1 text']);
  });

  it('answers late', async () => {
    const started = performance.now();
    const reply = await ask({ kind: 'slow', milliseconds: 120 });
    expect(performance.now() - started).toBeGreaterThan(110);
    expect(reply.status).toBe(201);
  });
});

describe('what Defender does wrong', () => {
  it('is what the simulator can be told', () => {
    const random = randomOf(4);
    const rules = Array.from({ length: 40 }, () => troubleOf(random)).flat();
    expect(() => readFaultRules(rules)).not.toThrow();
    expect(new Set(rules.map((rule) => JSON.stringify(rule.do))).size).toBe(7);
  });
});

describe('bad times', () => {
  it('come after a calm, go again, and are gone when they are stopped in the midst', async () => {
    const clock = fakeClock();
    const stopping = new AbortController();
    const happened: string[] = [];
    const note = (what: string) => () => void happened.push(`${what} at ${clock.monotonic()}`);
    const running = runSpells({
      calm: [10, 10],
      trouble: [5, 5],
      begin: note('begin'),
      end: note('end'),
      clock,
      random: () => 0,
      signal: stopping.signal,
    });
    const start = clock.monotonic();
    await clock.advance(27);
    stopping.abort();
    expect(await running).toBe(2);
    const at = (milliseconds: number) => start + milliseconds;
    expect(happened).toEqual([`begin at ${at(10)}`, `end at ${at(15)}`, `begin at ${at(25)}`, `end at ${at(27)}`]);
  });
});

describe('the killer of instances', () => {
  it('ends a worker or a host of those that run, until it is stopped, and counts them', async () => {
    const clock = fakeClock();
    const stopping = new AbortController();
    const killed: string[] = [];
    const instance = (name: string) => ({
      pid: 1,
      workerPid: () => 2,
      url: () => 'http://127.0.0.1',
      keys: new Promise<never>(() => undefined),
      ended: new Promise<never>(() => undefined),
      kill: (which: 'host' | 'worker') => killed.push(`${which} of ${name}`) > 0,
    });
    const instances = { running: () => [instance('a'), instance('b')] };
    const killer = startKiller({ instances, clock, random: randomOf(1), signal: stopping.signal });
    await clock.advance(60_000);
    stopping.abort();
    await killer.ended;
    expect(killed.length).toBeGreaterThan(8);
    expect(new Set(killed)).toEqual(new Set(['host of a', 'host of b', 'worker of a', 'worker of b']));
    expect(killer.kills.host + killer.kills.worker).toBe(killed.length);
  });
});
