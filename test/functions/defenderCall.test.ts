import { HttpRequest, type HttpResponseInit, InvocationContext } from '@azure/functions';
import { httpFunctions } from '../../src/functions/httpFunctions.ts';
import type { Services } from '../../src/functions/services.ts';
import { hourOf } from '../../src/quota/spend.ts';
import { withKey } from '../support/callers.ts';
import { quotasOn } from '../support/defender.ts';
import { fakeClock } from '../support/fakeClock.ts';
import { json, scriptedFetch } from '../support/scriptedFetch.ts';
import { servicesOn } from '../support/services.ts';

const clock = fakeClock();

const request = (headers: Record<string, string> = {}, query: Record<string, string> = {}) =>
  new HttpRequest({ method: 'GET', url: 'https://gateway.example/api/machines', headers, query });

const ask = async (services: Services, asked = request()) => {
  const found = httpFunctions(services).find(({ name }) => name === 'listMachines');
  const answering = Promise.resolve(
    found?.handler(asked, new InvocationContext({ functionName: 'listMachines' }), withKey),
  );
  await clock.advance(3000);
  const { status, headers, body } = ((await answering) ?? {}) as HttpResponseInit;
  return { status, headers: headers as Record<string, string>, body: String(body) };
};
const spentOf = async ({ traffic }: Services) => {
  const { rows } = await traffic.lastHour();
  return hourOf(
    rows.flatMap(({ spent }) => spent),
    'listMachines',
    clock.wall(),
  );
};

describe('what a caller spends', () => {
  it('is counted under its name and its class, attempt by attempt', async () => {
    const { fetch } = scriptedFetch(json({}, 503), json({ value: [] }));
    const services = servicesOn(clock, fetch);
    const keyed = request({ priority: 'u=6' });
    expect((await ask(services, keyed)).status).toBe(200);
    const { byCaller } = await spentOf(services);
    expect(byCaller).toEqual({ [withKey.id]: { background: 2 } });
  });

  it('is nothing where the question is wrong or the quota is spent', async () => {
    const { fetch } = scriptedFetch(json({ value: [] }));
    const services = servicesOn(clock, fetch, { quotas: quotasOn(clock, '1/60') });
    await ask(services, request({}, { $filter: 'nonsense' }));
    expect((await spentOf(services)).calls).toBe(0);
    await ask(services);
    expect((await ask(services, request({ prefer: 'wait=0', 'cache-control': 'no-cache' }))).status).toBe(429);
    expect((await spentOf(services)).calls).toBe(1);
  });

  it('is of the class that its cap allows, which the answer tells', async () => {
    const { fetch } = scriptedFetch(json({ value: [] }));
    const caps = new Map([[withKey.id, 'background' as const]]);
    const services = servicesOn(clock, fetch, { callers: { caps } });
    const { headers } = await ask(services, request({ priority: 'u=0' }));
    expect(headers.priority).toBe('u=6');
    expect((await spentOf(services)).byCaller).toEqual({ [withKey.id]: { background: 1 } });
  });
});

describe('what a caller is told of the quota', () => {
  it('is nothing before this process knows the ledger, and then what is left after its own call', async () => {
    const { fetch } = scriptedFetch(json({ value: [] }));
    const services = servicesOn(clock, fetch);
    const wrong = request({}, { $filter: 'nonsense' });
    expect((await ask(services, wrong)).headers).not.toHaveProperty('ratelimit');
    const { headers } = await ask(services);
    expect(headers['ratelimit-policy']).toBe('"minute";q=100;w=60, "hour";q=1500;w=3600');
    expect(headers.ratelimit).toMatch(/^"minute";r=99;t=6\d, "hour";r=1499;t=36\d\d$/);
    const known = await ask(services, wrong);
    expect(known.status).toBe(400);
    expect(known.headers.ratelimit).toMatch(/^"minute";r=99;/);
    await clock.advance(70_000);
    expect((await ask(services, wrong)).headers).not.toHaveProperty('ratelimit');
  });

  it('is with a refusal no later than the refusal itself', async () => {
    const { fetch } = scriptedFetch(json({ value: [] }));
    const services = servicesOn(clock, fetch, { quotas: quotasOn(clock, '1/60,5/3600') });
    await ask(services);
    const { status, headers } = await ask(services, request({ prefer: 'wait=0', 'cache-control': 'no-cache' }));
    expect(status).toBe(429);
    const retryAfter = Number(headers['retry-after']);
    // Of five an hour one is made; the instant that this caller was told is nobody’s until it comes.
    expect(headers.ratelimit).toBe(`"minute";r=0;t=${retryAfter}, "hour";r=4;t=${retryAfter}`);
  });
});
