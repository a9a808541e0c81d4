import { parkable } from '../../../src/functions/operations/parkable.ts';
import { ended, idAt, waiting } from '../../operations/support/operations.ts';
import { withKey } from '../../support/callers.ts';
import { json } from '../../support/scriptedFetch.ts';
import { readOf } from '../support/batches.ts';
import { another, createParkingGateway } from './support/parking.ts';

const machines = { value: [{ id: '1' }] };

describe('a GET with Prefer: respond-async', () => {
  it('is accepted: 202 with where the answer will be, when to ask for it, and what was applied; Defender is not asked yet', async () => {
    const { park, wire, queue, store } = createParkingGateway({ script: [json(machines)] });
    const { status, headers, json: body } = await park('listMachines', { query: { $top: '5' } });
    const [operation] = store.operations();
    const id = operation?.id ?? '';
    expect(id).toMatch(/^[0-9a-f]{32}$/);
    expect(status).toBe(202);
    expect(headers).toMatchObject({
      location: `https://gateway.example/gateway/operations/${id}`,
      'retry-after': expect.stringMatching(/^[1-9]\d*$/),
      'preference-applied': 'respond-async',
      'cache-control': 'no-store',
      'content-type': 'application/json; charset=utf-8',
      'x-gateway-operation': 'waiting',
      'x-request-id': expect.any(String),
    });
    expect(body).toMatchObject({ id, status: 'waiting', location: headers.location });
    expect(Date.parse(body.deadline) - Date.parse(body.createdAt)).toBe(3_600_000);
    expect(queue.texts.map((text) => JSON.parse(text))).toEqual([{ id, ticket: 1 }]);
    expect(wire.calls).toEqual([]);
  });

  it('shows its answer once it was run, with one call', async () => {
    const { park, look, run, wire } = createParkingGateway({ script: [json(machines)] });
    const { json: body } = await park('listMachines', { query: { $top: '5' } });
    expect((await look(body.id)).status).toBe(202);
    await run();
    const { status, json: answer } = await look(body.id);
    expect([status, answer]).toEqual([200, machines]);
    expect(wire.calls).toHaveLength(1);
  });

  it.each([
    ['a mistake in it', 'listMachines', { query: { $filter: 'nonsense' } }, 400],
    ['what needs no call', 'quota', {}, 200],
    ['what the caller may not have', 'listMachines', { identity: { ...withKey, roles: new Set<never>() } }, 403],
  ])('is told %s at once, and nothing is parked', async (_, name, sent, status) => {
    const { park, store, wire } = createParkingGateway({ script: [json(machines)] });
    const told = await park(name, sent);
    expect(told.status).toBe(status);
    expect(told.headers['preference-applied']).toBeUndefined();
    expect([store.operations(), wire.calls]).toEqual([[], []]);
  });

  it('has the doctor begin once, and not before it is run', async () => {
    const { park, look, run, wire } = createParkingGateway({ script: ['silence'] });
    const { status, json: body } = await park('permissions', { advance: 6000 });
    expect([status, wire.calls.length]).toEqual([202, 0]);
    await run(60_000);
    const asked = wire.calls.length;
    expect(asked).toBeGreaterThan(0);
    const { status: ended, json: report, headers } = await look(body.id);
    expect([ended, headers['x-gateway-operation']]).toEqual([200, 'done']);
    expect(report).toMatchObject({ status: expect.any(String), calls: expect.any(Array) });
    expect(wire.calls).toHaveLength(asked);
  });

  it('is given what is kept at once', async () => {
    const { park, get, wire, store } = createParkingGateway({ script: [json(machines)] });
    await get('listMachines', { query: { $top: '5' } });
    const kept = await park('listMachines', { query: { $top: '5' } });
    expect(kept).toMatchObject({ status: 200, json: machines, headers: { age: '3' } });
    expect([wire.calls.length, store.operations()]).toEqual([1, []]);
  });

  it.each(['no-cache', 'max-age=0', 'stale-if-error=3600, max-age=1', 'min-fresh=4000', 'max-age="5'])(
    'is parked, without a call, where what is kept is not what Cache-Control: %s asks for',
    async (asked) => {
      const { park, get, clock, wire } = createParkingGateway({ script: [json(machines)] });
      await get('listMachines', { query: { $top: '5' } });
      await clock.advance(2000);
      const sent = { query: { $top: '5' }, headers: { 'cache-control': asked } };
      expect((await park('listMachines', sent)).status).toBe(202);
      expect(wire.calls).toHaveLength(1);
    },
  );

  it('is parked, without a call, where only Pragma says no-cache', async () => {
    const { park, get, wire } = createParkingGateway({ script: [json(machines)] });
    await get('listMachines');
    expect((await park('listMachines', { headers: { pragma: 'no-cache' } })).status).toBe(202);
    expect(wire.calls).toHaveLength(1);
  });

  it('is not parked with only-if-cached, whose 504 says that nothing is kept', async () => {
    const { park, store } = createParkingGateway();
    const { status, json: body } = await park('listMachines', { headers: { 'cache-control': 'only-if-cached' } });
    expect([status, body.error.message]).toEqual([504, expect.stringContaining('No answer is kept')]);
    expect(store.operations()).toEqual([]);
  });

  it('is answered within its wait where that is enough, in the coding and with the condition that it asks for', async () => {
    const { park, store } = createParkingGateway({ script: [json(machines)] });
    const first = await park('listMachines', { headers: { prefer: 'respond-async, wait=10' } });
    expect(first).toMatchObject({ status: 200, headers: { 'preference-applied': 'wait=10' } });
    const again = { prefer: 'wait=10, respond-async', 'if-none-match': first.headers.etag ?? '' };
    expect((await park('listMachines', { headers: again })).status).toBe(304);
    expect(store.operations()).toEqual([]);
  });

  it('is parked after its wait, until the quota has room', async () => {
    const { park, get, store, run, look, wire } = createParkingGateway({ script: [json(machines)], limits: '1/60' });
    await get('listMachines');
    const headers = { prefer: 'respond-async, wait=2', 'cache-control': 'no-cache' };
    const { status, headers: told, json: body } = await park('listMachines', { headers });
    expect([status, told['preference-applied']]).toEqual([202, 'respond-async, wait=2']);
    expect(Number(told['retry-after'])).toBeGreaterThan(50);
    expect(Date.parse(body.nextTry) - Date.parse(body.createdAt)).toBeGreaterThan(50_000);
    expect(store.operations()).toHaveLength(1);
    const delay = await run();
    expect([delay > 50, delay < 70]).toEqual([true, true]);
    expect(await look(body.id)).toMatchObject({ status: 200, json: machines });
    expect(wire.calls).toHaveLength(2);
  });

  it('is parked where its function does not end with its wait', async () => {
    const stuck = readOf('gateway/stuck', () => new Promise(() => undefined));
    const { park } = createParkingGateway({ functions: [stuck] });
    expect((await park('gateway/stuck', { advance: 6000 })).status).toBe(202);
    const headers = { prefer: 'respond-async, wait=10' };
    expect((await park('gateway/stuck', { headers, advance: 13_000 })).status).toBe(202);
  });

  it('leaves neither key nor token nor cookie in storage, and no key in Location, which the answer says', async () => {
    const { park, store, queue } = createParkingGateway();
    const secret = 'se%2Fcret';
    const url = `https://gateway.example/api/machines?$top=5&%63oDe=${secret}&clientId=x&$filter=${encodeURIComponent("computerDnsName eq 'code'")}`;
    const { status, headers, text } = await park('listMachines', {
      url,
      query: { $top: '5', coDe: 'se/cret', clientId: 'x', $filter: "computerDnsName eq 'code'" },
      headers: {
        'x-functions-key': secret,
        authorization: `Bearer ${secret}`,
        cookie: secret,
        'x-ms-client-principal': secret,
        'x-forwarded-for': secret,
      },
    });
    expect(status).toBe(202);
    expect(headers['x-gateway-warning']).toContain('x-functions-key');
    const [operation] = store.operations();
    expect(JSON.stringify([operation, queue.texts, headers, text])).not.toMatch(/se(?:%2F|\/)cret/);
    expect(operation?.request).toEqual({
      functionName: 'listMachines',
      url: `https://gateway.example/api/machines?$top=5&clientId=x&$filter=computerDnsName%20eq%20%27code%27`,
      query: { $top: '5', clientId: 'x', $filter: "computerDnsName eq 'code'" },
      params: {},
      headers: { 'x-request-id': headers['x-request-id'] },
    });
  });

  it.each(['create', 'send'])('is refused with 503 where storage fails at %s, and nothing is left', async (what) => {
    const beforeWrite = (at: string) => {
      if (at === what) throw new Error('out of reach');
    };
    const gateway = createParkingGateway({ writes: { beforeWrite } });
    if (what === 'send') Object.assign(gateway.queue, { send: () => Promise.reject(new Error('out of reach')) });
    const { status, headers, json: body } = await gateway.park('listMachines');
    expect([status, headers['retry-after'], body.error.code]).toEqual([503, '5', 'ServiceUnavailable']);
    expect(gateway.store.operations()).toEqual([]);
  });

  it.each([
    ['100 operations of its caller wait', 100, withKey.owner, '100 operations of yours wait'],
    ['1,000 operations of whomever wait', 1000, undefined, '1000 operations wait'],
  ])('is refused with 429 where %s, until one has ended', async (_, most, owner, message) => {
    const { park, store, wire } = createParkingGateway();
    const parkOne = (number: number) =>
      store.create(waiting(number, { caller: { id: 'x', owner: owner ?? `owner${number % 11}`, roles: [] } }));
    for (let number = 1; number < most; number += 1) await parkOne(number);
    expect((await park('listMachines')).status).toBe(202);
    const { status, headers, json: body } = await park('listMachines', { headers: { 'x-request-id': 'r-1' } });
    expect([status, headers['retry-after'], headers['x-request-id']]).toEqual([429, '60', 'r-1']);
    expect(body.error).toMatchObject({
      code: 'TooManyRequests',
      message: expect.stringContaining(message),
      target: 'r-1',
    });
    expect([store.operations().length, wire.calls]).toEqual([most, []]);
    expect((await park('listMachines', { identity: another })).status).toBe(owner === undefined ? 429 : 202);
    const first = await store.read(idAt(1));
    if (first) await store.save(ended(first.value, 9e15), first.version);
    expect((await park('listMachines')).status).toBe(202);
  });

  it('is refused with 503 where storage does not answer within 20 s', async () => {
    const { park, store, clock } = createParkingGateway();
    Object.assign(store, { create: () => new Promise(() => undefined) });
    let status: number | undefined;
    const parking = park('listMachines', { advance: 0 }).then((told) => {
      status = told.status;
    });
    await clock.advance(19_999);
    expect(status).toBeUndefined();
    await clock.advance(1);
    await parking;
    expect(status).toBe(503);
  });

  it.each([
    'respond-async',
    'Respond-Async',
    'foo="a,b", respond-async',
    'respond-async; x=1, wait=100',
    ' respond-async ,foo',
  ])('is understood as Prefer: %s', async (prefer) => {
    const { park } = createParkingGateway({ script: ['silence'] });
    expect((await park('listMachines', { headers: { prefer }, advance: 120_000 })).status).toBe(202);
  });

  it.each(['', 'wait=20', 'foo="respond-async"', 'respond-asynchronously', 'foo=", respond-async"'])(
    'is answered in its turn where it prefers %p',
    async (prefer) => {
      const { get, store } = createParkingGateway({ script: [json(machines)] });
      expect((await get('listMachines', { headers: { prefer } })).status).toBe(200);
      expect(store.operations()).toEqual([]);
    },
  );
});

describe('what can be parked', () => {
  const services = { operations: {}, clock: {} } as unknown as Parameters<typeof parkable>[1];
  const isParkable = (asks: ReturnType<typeof readOf>) => parkable(asks, services) !== asks;
  const read = (more: object = {}) => readOf('api/machines', () => ({}), more);

  it('is any GET that asks for a role, but for operations and the document', () => {
    expect(isParkable(read())).toBe(true);
    for (const name of ['operation', 'openapi']) expect(isParkable(read({ name }))).toBe(false);
    expect(isParkable(read({ access: 'open' }))).toBe(false);
    expect(isParkable(read({ access: 'key' }))).toBe(false);
    expect(isParkable(read({ methods: ['POST'] }))).toBe(false);
  });
});

describe('an operation of another caller', () => {
  it('is as unknown as one that never was', async () => {
    const { park, look, run } = createParkingGateway({ script: [json(machines)] });
    const { json: body } = await park('listMachines');
    const theirs = async (id: string) => {
      const { status, text, headers } = await look(id, { identity: another, headers: { 'x-request-id': 'r' } });
      return { status, text, headers };
    };
    const never = await theirs('0'.repeat(32));
    expect(never.status).toBe(404);
    expect(await theirs(body.id)).toEqual(never);
    await run();
    expect(await theirs(body.id)).toEqual(never);
    expect(await theirs('../quota')).toEqual(never);
  });
});
