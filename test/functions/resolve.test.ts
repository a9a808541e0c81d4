import { HttpRequest, type HttpResponseInit, InvocationContext } from '@azure/functions';
import { resolve } from '../../src/functions/resolve.ts';
import { resolveBatch } from '../../src/functions/resolveBatch.ts';
import type { HttpFunction } from '../../src/functions/services.ts';
import { machine } from '../machines/resolver/support/machines.ts';
import { fromDefender, type MemoryFleet, memoryFinder } from '../machines/resolver/support/memoryFinder.ts';
import { withKey } from '../support/callers.ts';
import { fakeClock } from '../support/fakeClock.ts';
import { json, type Scripted, scriptedFetch } from '../support/scriptedFetch.ts';
import { servicesOn } from '../support/services.ts';

const clock = fakeClock();
const throttled = { kind: 'throttled', retryAfterSeconds: 40, message: 'Wait 40 s.' } as const;
const srv02 = machine('a');
const machines = [srv02, machine('b', { computerDnsName: 'srv03.contoso.com' })];

/** Sends a request to a function whose machines are in memory, and reads its whole answer. */
const send = async (
  make: (services: ReturnType<typeof servicesOn>) => HttpFunction,
  fleet: MemoryFleet,
  request: object,
) => {
  const finder = memoryFinder(fleet);
  const { handler } = make({ ...servicesOn(clock, scriptedFetch('silence').fetch), finder });
  return { ...(await handled(handler, request)), asked: finder.asked, wishes: finder.wishes };
};

const handled = async (handler: HttpFunction['handler'], request: object) => {
  const url = 'https://gateway.example/gateway/machines/resolve';
  const context = new InvocationContext({ functionName: 'resolve' });
  const answering = handler(new HttpRequest({ method: 'GET', url, ...request }), context, withKey);
  await clock.advance(100);
  const { status, headers, body } = (await answering) as HttpResponseInit;
  const text = typeof body === 'string' ? body : Buffer.from(body as Uint8Array).toString();
  return { status, headers: headers as Record<string, string>, body: JSON.parse(text) };
};

const get = (query: Record<string, string>, fleet: Partial<MemoryFleet> = {}, headers = {}) =>
  send(resolve, { machines, ...fleet }, { query, headers: { 'x-request-id': 'r-1', ...headers } });

const post = (body: unknown, fleet: Partial<MemoryFleet> = {}, headers = {}) =>
  send(
    resolveBatch,
    { machines, ...fleet },
    {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-request-id': 'r-1', ...headers },
      body: { string: typeof body === 'string' ? body : JSON.stringify(body) },
    },
  );

describe('GET /gateway/machines/resolve', () => {
  it('answers with the whole machine, and what was understood', async () => {
    const { status, headers, body } = await get({ hostName: 'CONTOSO\\SRV02$', code: 'key', clientId: 'default' });
    expect(status).toBe(200);
    expect(body).toEqual({
      match: 'exact',
      message: `srv02 is srv02.contoso.com (${srv02.id}).`,
      machine: srv02,
      candidates: [],
      candidatesLeftOut: 0,
      askedFor: { hostName: 'srv02' },
      source: 'defender',
      ageSeconds: 1,
    });
    expect(headers).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      'x-request-id': 'r-1',
      priority: 'u=3',
      'cache-status': expect.stringContaining('fwd=miss'),
      'cache-control': 'private, max-age=60',
    });
  });

  it('answers 200 to none', async () => {
    expect(await get({ hostName: 'srv99' })).toMatchObject({ status: 200, body: { match: 'none', machine: null } });
  });

  it('hands on how long the caller waits, how urgent it is and how fresh', async () => {
    const { wishes } = await get(
      { hostName: 'srv02' },
      {},
      { prefer: 'wait=7', priority: 'u=5', 'cache-control': 'no-cache' },
    );
    expect(wishes).toMatchObject([{ waitMs: 7000, priority: 'enrichment', freshness: { isNew: true } }]);
  });

  it('tells the age of what was kept', async () => {
    const { headers, body } = await get(
      { hostName: 'srv02' },
      { source: () => ({ kind: 'cache', age: 12.1, freshFor: 30 }) },
    );
    expect(body).toMatchObject({ source: 'cache', ageSeconds: 13 });
    expect(headers).toMatchObject({ age: '13', 'cache-status': expect.stringContaining('hit') });
  });

  it.each([
    [{}, 'MissingRequiredParameter', 'The query does not say which machine is meant'],
    [{ hostName: 'srv02', ipAddress: '10.0.0.5' }, 'InvalidInput', 'hostName and ipAddress are given'],
    [{ hostName: '' }, 'InvalidInput', 'hostName: it is empty'],
    [{ hostname2: 'srv02' }, 'InvalidInput', 'Did you mean: hostName'],
    [{ ipAddress: '127.0.0.1' }, 'InvalidIpAddress', 'ipAddress: 127.0.0.1 is'],
  ])('answers 400 to %j, and asks nobody', async (query, code, message) => {
    const { status, headers, body, asked } = await get(query as Record<string, string>);
    expect(status).toBe(400);
    expect(body).toEqual({ error: { code, message: expect.stringContaining(message), target: 'r-1' } });
    expect(headers).toMatchObject({ 'x-request-id': 'r-1', 'cache-control': 'no-store' });
    expect(asked).toEqual([]);
  });

  it('becomes the error that a find came to, with its Retry-After', async () => {
    const fail = () => ({ kind: 'failed', answer: throttled, source: fromDefender }) as const;
    const { status, headers, body } = await get({ alertId: 'da1_1' }, { fail });
    expect(status).toBe(429);
    expect(headers['retry-after']).toBe('40');
    expect(body.error).toEqual({ code: 'TooManyRequests', message: 'Wait 40 s.', target: 'r-1' });
  });
});

describe('the resolver on Defender', () => {
  const ask = async (query: Record<string, string>, ...script: readonly Scripted[]) => {
    const { fetch, calls } = scriptedFetch(...script);
    const answer = await handled(resolve(servicesOn(clock, fetch)).handler, { query });
    return { ...answer, calls };
  };

  it.each([
    ['a short name', { hostName: 'srv02' }],
    ['a full name', { hostName: 'srv02.contoso.com' }],
    ['an address', { ipAddress: '10.0.0.5' }],
    ['a machine id', { machineId: srv02.id }],
  ])('makes one call for %s', async (_, query) => {
    const { body, calls } = await ask(query as Record<string, string>, json({ value: [srv02] }));
    expect(body).toMatchObject({ match: 'exact', machine: srv02 });
    expect(calls).toHaveLength(1);
  });

  it('makes one call for an alert, whose machine comes alone', async () => {
    const { body, calls } = await ask({ alertId: 'da1_-1' }, json(srv02));
    expect(body).toMatchObject({ match: 'exact', machine: srv02 });
    expect(calls.map(({ url }) => url)).toEqual(['https://defender.example/api/alerts/da1_-1/machine']);
  });

  it('says none where Defender knows no such alert', async () => {
    const { status, body } = await ask({ alertId: 'da1_1' }, json({ error: { code: 'ResourceNotFound' } }, 404));
    expect(status).toBe(200);
    expect(body).toMatchObject({ match: 'none', message: expect.stringContaining('da1_1') });
  });
});

describe('POST /gateway/machines/resolve', () => {
  const requests = (...list: readonly object[]) => ({ requests: list.map((one, i) => ({ id: `${i + 1}`, ...one })) });

  it('answers each as it would alone, in their order, and the same question once', async () => {
    const { status, headers, body, asked } = await post(
      requests(
        { hostName: 'srv03' },
        { hostName: 'srv02', ipAddress: null },
        { hostName: 'SRV03' },
        { ipAddress: '10.9.9.9' },
      ),
    );
    expect(status).toBe(200);
    expect(headers).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      'x-request-id': 'r-1',
      priority: 'u=3',
    });
    const alone = await get({ hostName: 'srv03' });
    expect(body.responses).toMatchObject([
      { id: '1', status: 200, body: alone.body, headers: { 'cache-control': 'private, max-age=60' } },
      { id: '2', status: 200, body: { match: 'exact', askedFor: { hostName: 'srv02' } } },
      { id: '3', status: 200, body: alone.body },
      { id: '4', status: 200, body: { match: 'none' } },
    ]);
    expect(asked).toEqual(['label srv03', 'label srv02', 'lastIpAddress 10.9.9.9']);
  });

  it('refuses what is wrong by its place, and answers the rest', async () => {
    const { body } = await post(
      requests(
        { hostName: 'srv*' },
        {},
        { hostName: 'srv02', alertId: 'da1_1' },
        { hostNam: 'srv02' },
        { machineId: 7 },
        { hostName: 'srv02' },
      ),
    );
    const told = body.responses.map(
      ({ status, body: { error } }: { status: number; body: { error?: { message: string } } }) => [
        status,
        error?.message,
      ],
    );
    expect(told).toEqual([
      [400, expect.stringMatching(/^requests\[0\]\.hostName: it holds \*/)],
      [400, expect.stringMatching(/^requests\[1\] does not say which machine is meant/)],
      [400, expect.stringMatching(/^requests\[2\]\.hostName and requests\[2\]\.alertId are given/)],
      [400, expect.stringMatching(/^requests\[3\]\.hostNam: .*Did you mean: hostName/)],
      [400, expect.stringMatching(/^requests\[4\]\.machineId: write it as a text/)],
      [200, undefined],
    ]);
  });

  it('has for each its own error, and for the whole the shortest wait of all', async () => {
    const { status, headers, body } = await post(
      requests({ hostName: 'srv02' }, { hostName: 'srv03' }, { hostName: 'srv04' }),
      {
        fail: (asked) => {
          if (asked === 'label srv02') return undefined;
          const retryAfterSeconds = asked === 'label srv03' ? 40 : 25;
          return { kind: 'failed', answer: { ...throttled, retryAfterSeconds }, source: fromDefender };
        },
      },
    );
    expect(status).toBe(200);
    expect(headers).toMatchObject({ 'retry-after': '25', 'cache-control': 'no-store' });
    expect(body.responses).toMatchObject([
      { id: '1', status: 200, body: { match: 'exact' } },
      {
        id: '2',
        status: 429,
        headers: { 'retry-after': '40' },
        body: { error: { code: 'TooManyRequests', target: 'r-1' } },
      },
      { id: '3', status: 429, headers: { 'retry-after': '25' } },
    ]);
  });

  it('has a largest size, past which an answer is told to be asked for in a smaller batch', async () => {
    const big = machine('c', { computerDnsName: 'big', notes: 'x'.repeat(1024 * 1024) });
    const { body } = await post(
      requests(...Array.from({ length: 40 }, () => ({ hostName: 'big' })), { hostName: 'srv02' }),
      {
        machines: [...machines, big],
      },
    );
    const told = body.responses.map(({ status }: { status: number }) => status);
    expect(told.filter((status: number) => status === 413)).toHaveLength(9);
    expect(told.slice(0, 31)).toEqual(Array(31).fill(200));
    expect(told.at(-1)).toBe(200);
  });

  it.each([
    ['[]', 'no array named requests'],
    [{ requests: [] }, 'requests is empty'],
    [{ requests: [{ hostName: 'srv02' }] }, 'requests[0].id is missing'],
    [{ requests: [{ id: '1' }, { id: '1' }] }, 'requests[1].id is "1", as that of requests[0] is'],
    [
      requests(...Array.from({ length: 1001 }, () => ({ hostName: 'srv02' }))),
      'requests holds 1001; 1000 are the most',
    ],
    ['{', 'The body is not JSON'],
  ])('refuses a body that is no batch, and shows one: %#', async (sent, fault) => {
    const { status, body, asked } = await post(sent);
    expect(status).toBe(400);
    expect(body.error.message).toContain(fault);
    expect(body.error.message).toContain('{"requests":[{"id":"1","hostName":"srv02.contoso.com"}]}');
    expect(asked).toEqual([]);
  });

  it('takes a thousand at once, that all wait together', async () => {
    const names = Array.from({ length: 1000 }, (_, i) => `srv${1000 + i}`);
    let under = 0;
    let most = 0;
    const { body, asked } = await post(requests(...names.map((hostName) => ({ hostName }))), {
      machines: names.map((name, i) => machine((0x1000 + i).toString(16), { computerDnsName: `${name}.contoso.com` })),
      meanwhile: async () => {
        under += 1;
        most = Math.max(most, under);
        await new Promise((done) => setImmediate(done));
        under -= 1;
      },
    });
    expect([asked.length, most]).toEqual([1000, 1000]);
    expect(
      body.responses.every(
        ({ status, body: { match } }: { status: number; body: { match: string } }) =>
          status === 200 && match === 'exact',
      ),
    ).toBe(true);
    expect(body.responses[999].body.machine.computerDnsName).toBe('srv1999.contoso.com');
  });
});

describe('what Azure is told of the resolver', () => {
  it('is one route with two functions, each for who may read machines', () => {
    const services = servicesOn(clock, scriptedFetch('silence').fetch);
    const reading = { access: ['Machines.Read'], shows: 'machinesInGroups' };
    const told = [resolve(services), resolveBatch(services)].map(({ handler: _, ...one }) => one);
    expect(told).toEqual([
      { name: 'resolve', route: 'gateway/machines/resolve', methods: ['GET'], ...reading },
      { name: 'resolveBatch', route: 'gateway/machines/resolve', methods: ['POST'], ...reading },
    ]);
  });
});
