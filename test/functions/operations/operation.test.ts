import type { CallerIdentity } from '../../../src/callers/identity.ts';
import type { HttpFunction } from '../../../src/functions/services.ts';
import { withKey } from '../../support/callers.ts';
import { settled } from '../../support/fakeClock.ts';
import { json } from '../../support/scriptedFetch.ts';
import { jsonReply, readOf } from '../support/batches.ts';
import { createParkingGateway } from './support/parking.ts';

const machines = { value: [{ id: '1' }] };
const hourMs = 3_600_000;

/** A gateway with one function more, which can't say at once, and then answers so. */
const answering = (...replies: readonly (ReturnType<HttpFunction['handler']> | Error)[]) => {
  let at = 0;
  const handler: HttpFunction['handler'] = (request) => {
    if (request.headers.get('cache-control')?.includes('only-if-cached')) return jsonReply('{}', 504);
    const reply = replies[Math.min(at, replies.length - 1)];
    at += 1;
    if (reply instanceof Error) throw reply;
    return reply ?? {};
  };
  const gateway = createParkingGateway({ functions: [readOf('gateway/slow', handler)] });
  const parked = async (headers: Record<string, string> = {}): Promise<string> => {
    const { status, json: body } = await gateway.park('gateway/slow', { headers });
    expect(status).toBe(202);
    return body.id;
  };
  return { ...gateway, parked };
};

describe('GET /gateway/operations/{id}', () => {
  it('is 202 with Location and Retry-After until there is an answer', async () => {
    const { parked, look } = answering(jsonReply('{}'));
    const id = await parked();
    const { status, headers, json: body } = await look(id);
    expect(status).toBe(202);
    expect(headers).toMatchObject({
      location: `https://gateway.example/gateway/operations/${id}`,
      'retry-after': '2',
      'x-gateway-operation': 'waiting',
    });
    expect(body).toMatchObject({ id, status: 'waiting' });
  });

  it.each([200, 400, 403, 404])('gives %d as it was given, again and again', async (status) => {
    const headers = { 'x-gateway-source': 'preview', 'content-location': '/api/x', 'x-request-id': 'theirs' };
    const { parked, look, run } = answering(jsonReply('{"a":1}', status, headers));
    const id = await parked({ 'x-request-id': 'mine' });
    await run();
    const first = await look(id);
    expect(first).toMatchObject({
      status,
      text: '{"a":1}',
      headers: { 'content-type': 'application/json', 'x-gateway-source': 'preview', 'content-location': '/api/x' },
    });
    expect(first.headers).not.toHaveProperty('location');
    expect(first.headers).not.toHaveProperty('preference-applied');
    expect(first.headers['x-request-id']).not.toMatch(/theirs|mine/);
    expect(first.headers['x-gateway-operation']).toBe('done');
    const { text, status: again } = await look(id);
    expect([text, again]).toEqual([first.text, status]);
  });

  it('is refused to a caller that has lost the role, or is bound to other device groups since', async () => {
    const gateway = createParkingGateway({ script: [json(machines)] });
    const { json: body } = await gateway.park('listMachines');
    await gateway.run();
    const asNow = async (more: Partial<CallerIdentity>) => gateway.look(body.id, { identity: { ...withKey, ...more } });
    expect((await asNow({})).status).toBe(200);
    const roles = new Set(['Alerts.Enrich' as const]);
    expect(await asNow({ roles })).toMatchObject({
      status: 403,
      text: expect.stringContaining('the role Machines.Read'),
    });
    expect(await asNow({ groups: new Set([12]) })).toMatchObject({
      status: 403,
      text: expect.stringContaining('CALLER_DEVICE_GROUPS'),
    });
  });

  it('tells how old an answer is by then', async () => {
    const { parked, look, run, clock } = answering(
      jsonReply('{}', 200, { age: '7', 'cache-control': 'private, max-age=60' }),
    );
    const id = await parked();
    await run(0);
    expect((await look(id, { advance: 0 })).headers).toMatchObject({
      age: '7',
      'cache-control': 'private, max-age=60',
    });
    await clock.advance(20_000);
    expect((await look(id)).headers.age).toBe('27');
  });

  it('says of an answer that was asked for this caller how long ago that was', async () => {
    const { park, look, run, clock } = createParkingGateway({ script: [json(machines)] });
    const { json: body } = await park('listMachines');
    await run();
    await clock.advance(100_000);
    const { headers } = await look(body.id);
    expect(Number(headers.age)).toBeGreaterThanOrEqual(100);
    expect(headers['cache-control']).toBe('private, max-age=60');
  });

  it('is 304 for who has the answer, and compressed for who takes that', async () => {
    const { parked, look, run } = answering(jsonReply(JSON.stringify('x'.repeat(5000))));
    const id = await parked();
    await run();
    const { headers } = await look(id);
    expect((await look(id, { headers: { 'if-none-match': headers.etag ?? '' } })).status).toBe(304);
    const packed = await look(id, { headers: { 'accept-encoding': 'gzip' } });
    expect(packed.headers['content-encoding']).toBe('gzip');
  });

  it('keeps bytes as they are, long ones and such as are no text', async () => {
    const bytes = new Uint8Array([0xef, 0xbb, 0xbf, 0xff, 0, 0xc3, 0x28]);
    const long = Buffer.from(`"${'ä\u2028'.repeat(60_000)}"`);
    for (const body of [bytes, long]) {
      const { parked, look, run, bodies, store } = answering({ status: 200, body });
      const id = await parked();
      await run();
      expect((await look(id)).bytes).toEqual(Buffer.from(body));
      expect(bodies.names()).toHaveLength(body === long ? 1 : 0);
      expect(store.operations()[0]?.answer?.body.bytes).toBe(body === long ? long.length : undefined);
    }
  });

  it('waits for the end as long as its caller can', async () => {
    const { parked, look, run } = answering(jsonReply('{}'));
    const id = await parked();
    const waiting = look(id, { headers: { prefer: 'wait=20' }, advance: 10_000 });
    await run();
    expect(await waiting).toMatchObject({ status: 200, headers: { 'preference-applied': 'wait=20' } });
    const other = await parked();
    expect((await look(other, { headers: { prefer: 'wait=5' }, advance: 6000 })).status).toBe(202);
  });

  it('is 404 when the answer has expired', async () => {
    const { parked, look, run, clock } = answering(jsonReply('{}'));
    const id = await parked();
    await run();
    await clock.advance(24 * hourMs - 10_000);
    expect((await look(id)).status).toBe(200);
    await clock.advance(10_000);
    const { status, json: body } = await look(id);
    expect([status, body.error.message]).toEqual([404, expect.stringContaining('kept for 24 hours')]);
  });

  it('refuses what it does not know in the query', async () => {
    const { look } = createParkingGateway();
    expect((await look('0'.repeat(32), { query: { $top: '1' } })).status).toBe(400);
    expect((await look('0'.repeat(32), { query: { code: 'key' } })).status).toBe(404);
  });

  it('is 503 where storage fails', async () => {
    const { look, store } = createParkingGateway();
    Object.assign(store, { read: () => Promise.reject(new Error('out of reach')) });
    const { status, headers } = await look('0'.repeat(32));
    expect([status, headers['retry-after']]).toEqual([503, '5']);
  });

  it.each([
    ['25 s', {}, 25_000],
    ['25 s more than its caller waits', { prefer: 'wait=10' }, 35_000],
  ])('is 503 where storage does not answer within %s', async (_, headers, mostMs) => {
    const { look, store, clock } = createParkingGateway();
    Object.assign(store, { read: () => new Promise(() => undefined) });
    let status: number | undefined;
    const looking = look('0'.repeat(32), { headers, advance: 0 }).then((told) => {
      status = told.status;
    });
    await clock.advance(mostMs - 1);
    expect(status).toBeUndefined();
    await clock.advance(1);
    await looking;
    expect(status).toBe(503);
  });
});

describe('an operation that is run', () => {
  it('asks in the name of who parked it, as that asked, without a key', async () => {
    const seen: unknown[] = [];
    const handler: HttpFunction['handler'] = (request, _, identity) => {
      const headers = Object.fromEntries(request.headers);
      if (headers['cache-control']?.includes('only-if-cached')) return jsonReply('{}', 504);
      const { url, params } = request;
      seen.push({ headers, url, params, query: Object.fromEntries(request.query), identity });
      return jsonReply('{}');
    };
    const { park, run } = createParkingGateway({ functions: [readOf('gateway/slow/{id}', handler)] });
    const identity = { ...withKey, groups: new Set([1, 2]) };
    await park('gateway/slow/{id}', {
      params: { id: 'a b' },
      query: { $top: '1', code: 'secret' },
      identity,
      headers: {
        prefer: 'respond-async',
        'cache-control': 'max-age=5',
        priority: 'u=5',
        'x-request-id': 'r-7',
        traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
        accept: 'text/csv',
        'accept-encoding': 'gzip',
        'if-none-match': '*',
      },
    });
    await run();
    expect(seen).toEqual([
      {
        headers: {
          prefer: 'wait=60',
          'cache-control': 'max-age=5',
          priority: 'u=5',
          'x-request-id': 'r-7',
          traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
          accept: 'text/csv',
        },
        url: 'https://gateway.example/gateway/slow/a%20b?%24top=1',
        params: { id: 'a b' },
        query: { $top: '1' },
        identity,
      },
    ]);
  });

  it.each([
    [undefined, 'u=4'],
    ['i', 'u=4'],
    ['nonsense;;', 'u=4'],
    ['u=9', 'u=4'],
    ['u=0', 'u=0'],
    ['u=6, i', 'u=6'],
  ])('is as urgent as Priority: %s asks for, and of itself no more so than enrichment', async (priority, applied) => {
    const { park, run, look } = createParkingGateway({ script: [json(machines)] });
    const { json: body } = await park('listMachines', { headers: priority === undefined ? {} : { priority } });
    await run();
    expect((await look(body.id)).headers.priority).toBe(applied);
  });

  it('waits longer for Defender where that did not answer in time', async () => {
    const waits: (string | null)[] = [];
    const handler: HttpFunction['handler'] = ({ headers }) => {
      if (headers.get('cache-control')?.includes('only-if-cached')) return jsonReply('{}', 504);
      waits.push(headers.get('prefer'));
      return jsonReply('{}', waits.length === 2 ? 503 : 504);
    };
    const { park, run } = createParkingGateway({ functions: [readOf('gateway/slow', handler)] });
    await park('gateway/slow');
    for (let tried = 0; tried < 3; tried += 1) await run(0);
    expect(waits).toEqual(['wait=60', 'wait=200', 'wait=60']);
  });

  it('is put back for as long as it is told, and 202 says so', async () => {
    const { parked, look, run, queue, clock } = answering(
      jsonReply('{}', 429, { 'retry-after': '120' }),
      jsonReply('{"a":1}'),
    );
    const id = await parked();
    await run(0);
    expect(queue.messages[1]).toMatchObject({ text: JSON.stringify({ id, ticket: 2 }), delaySeconds: 120 });
    const { status, headers, json: body } = await look(id, { advance: 0 });
    expect([status, headers['retry-after'], body.refusedWith]).toEqual([202, '121', 429]);
    expect(Date.parse(body.nextTry)).toBe(clock.wall() + 120_000);
    await run();
    expect(await look(id)).toMatchObject({ status: 200, text: '{"a":1}' });
  });

  it('ends with the refusal where its deadline is nearer, told with what is left to wait', async () => {
    const { parked, look, run, clock } = answering(jsonReply('{"r":1}', 429, { 'retry-after': '4000' }));
    const id = await parked();
    await run(0);
    await clock.advance(1_000_000);
    expect(await look(id, { advance: 0 })).toMatchObject({
      status: 429,
      text: '{"r":1}',
      headers: { 'retry-after': '3000', 'x-gateway-operation': 'done' },
    });
  });

  it.each([502, 503, 504])('is tried again after %d, ever more seldom, until its hour is over', async (status) => {
    const { parked, look, run, queue } = answering(jsonReply('{}', status));
    const id = await parked();
    let waited = 0;
    while ((await look(id, { advance: 0 })).status === 202) waited += await run(0);
    expect((await look(id)).status).toBe(status);
    const delays = queue.messages.map(({ delaySeconds }) => delaySeconds);
    expect(delays.slice(0, 8)).toEqual([0, 15, 30, 60, 120, 240, 480, 600]);
    expect(waited).toBeGreaterThan(2900);
    expect(waited).toBeLessThanOrEqual(3600);
  });

  it('is not tried more than three times where the gateway or Defender fail inside', async () => {
    const { parked, look, run, queue, log } = answering(new Error('broken'));
    const id = await parked({ 'x-request-id': 'r-9' });
    for (let tried = 0; tried < 3; tried += 1) await run(0);
    const { status, json: body } = await look(id);
    expect([status, body.error.code, body.error.target]).toEqual([500, 'InternalServerError', 'r-9']);
    expect(queue.messages).toHaveLength(3);
    expect(log.lines.filter(({ level }) => level === 'error')).toHaveLength(3);
  });

  it.each([301, 302, 307, 202])('has no %d for an answer, which who polls would take for its own', async (status) => {
    const { parked, look, run } = answering({ status, headers: { location: 'https://elsewhere.example' }, body: 'x' });
    const id = await parked();
    await run();
    const told = await look(id);
    expect([told.status, told.json.error.code]).toEqual([502, 'BadGateway']);
    expect(told.headers).not.toHaveProperty('location');
  });

  it('is done once, however many of its messages come', async () => {
    const { parked, look, run, queue } = answering(jsonReply('{"n":1}'), jsonReply('{"n":2}'));
    const id = await parked();
    await queue.send(JSON.stringify({ id, ticket: 1 }));
    await queue.send(JSON.stringify({ id, ticket: 5 }));
    await Promise.all([run(), run()]);
    const { text } = await look(id);
    expect(text).toMatch(/^\{"n":[12]\}$/);
    await run();
    expect((await look(id)).text).toBe(text);
  });

  it('leaves an old message alone, whose successor is on its way', async () => {
    const { parked, look, run, handle, queue } = answering(
      jsonReply('{}', 429, { 'retry-after': '60' }),
      jsonReply('{}'),
    );
    const id = await parked();
    await run(0);
    await handle(JSON.stringify({ id, ticket: 1 }));
    expect([queue.messages.length, (await look(id)).status]).toEqual([2, 202]);
    await handle(JSON.stringify({ id, ticket: 2 }));
    expect((await look(id)).status).toBe(200);
  });

  it('keeps no more than four pages of the fleet in memory at once, and has the others come a little later', async () => {
    const gateway = createParkingGateway({ script: ['silence'] });
    for (let at = 0; at < 6; at += 1) await gateway.park('listMachines', { query: { $skip: `${at}` }, advance: 0 });
    const runs = Array.from({ length: 6 }, () => gateway.run(0));
    await gateway.clock.advance(1000);
    const delays = gateway.queue.messages.slice(6).map(({ delaySeconds }) => delaySeconds);
    expect(delays).toEqual([10, 10]);
    await gateway.clock.advance(200_000);
    await Promise.all(runs);
  });

  it('is put back where its function does not end a minute after its wait', async () => {
    const handler: HttpFunction['handler'] = ({ headers }) =>
      headers.get('cache-control')?.includes('only-if-cached') ? jsonReply('{}', 504) : new Promise(() => undefined);
    const { park, run, queue, log, clock } = createParkingGateway({ functions: [readOf('gateway/stuck', handler)] });
    await park('gateway/stuck');
    const running = run(0);
    await settled(20);
    await clock.advance(119_000);
    expect(queue.messages).toHaveLength(1);
    await clock.advance(1000);
    await running;
    expect(queue.messages).toHaveLength(2);
    expect(log.lines.map(({ message, fault }) => [message, fault])).toEqual([
      ['An operation met a fault', expect.stringContaining('gateway/stuck did not end')],
    ]);
  });

  it('refuses a message that names none', async () => {
    const { queue, run } = createParkingGateway();
    await queue.send(JSON.stringify({ id: '../x', ticket: 1 }));
    await expect(run()).rejects.toThrow('no id of an operation');
  });
});
