import { errorOf, type Gateway, startGateway } from '../support/gateway.ts';
import { until } from '../support/until.ts';

const limit = { calls: 3, seconds: 30 };

let gateway: Gateway;
beforeAll(async () => {
  gateway = await startGateway({
    limits: `${limit.calls}/${limit.seconds}`,
    environment: { CACHE_SECONDS: 'userMachines=1,domainMachines=1,machine=1,absent=1' },
  });
});
afterAll(() => gateway.stop());

/** Asks at once or not at all. */
const ask = (path: string, allowed?: string) =>
  gateway.get(path, { prefer: 'wait=0', ...(allowed === undefined ? {} : { 'cache-control': allowed }) });

/** Asked so long ago that it is not fresh any more. */
const stale = async (path: string) => {
  const first = await gateway.get(path);
  expect(first.status).toBe(200);
  await until('the answer to be stale', async () => {
    const { status } = await ask(path, 'only-if-cached');
    return status === 504;
  });
  return first;
};

describe('an answer that is not fresh any more', () => {
  const path = '/api/users/user1/machines';
  let first: string;

  beforeAll(async () => {
    first = await (await stale(path)).text();
    // The rest of the quota goes to others.
    await Promise.all([2, 3, 4].map((user) => ask(`/api/users/user${user}/machines`)));
    await gateway.forgetArrivals();
  });
  afterEach(async () => expect(await gateway.arrivals()).toEqual([]));

  it('is not given when the quota is dry: 429, and when to come back', async () => {
    const response = await ask(path);
    expect(response.status).toBe(429);
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
    expect((await errorOf(response)).code).toBe('TooManyRequests');
    expect(response.headers.get('cache-status')).toBe('defender-gateway;detail="throttled"');
  });

  it('is given then to who says stale-if-error, with its age and the reason', async () => {
    const response = await ask(path, 'stale-if-error=3600');
    expect([response.status, await response.text()]).toEqual([200, first]);
    const age = Number(response.headers.get('age'));
    expect(age).toBeGreaterThanOrEqual(1);
    const warning = response.headers.get('x-gateway-warning') ?? '';
    expect(warning).toMatch(/^This answer is \d+ s old, as you allowed \(stale-if-error\)\. A newer one .*quota/);
    expect(Number(/(\d+) s old/.exec(warning)?.[1])).toBe(age);
    expect(response.headers.get('cache-status')).toMatch(/^defender-gateway;hit;ttl=-\d+;detail=".+"$/);
    expect(response.headers.get('cache-control')).toMatch(/^private, max-age=[01]$/);
  });

  it('is given without the quota being asked to who says max-stale', async () => {
    const response = await ask(path, 'max-stale');
    expect([response.status, await response.text()]).toEqual([200, first]);
    expect(response.headers.get('x-gateway-warning')).toMatch(/ s old, \d+ s longer than it is fresh/);
  });

  it('is not given to who allows less than its age', async () => {
    await until('the answer to be older', async () => {
      const { status } = await ask(path, 'only-if-cached, max-stale=1');
      return status === 504;
    });
    expect((await ask(path, 'stale-if-error=1')).status).toBe(429);
    expect((await ask(path, 'max-stale=1')).status).toBe(429);
  });

  it('is not given to who wants a new one, whatever else he allows', async () => {
    expect((await ask(path, 'no-cache, stale-if-error=3600, max-stale')).status).toBe(429);
  });
});

describe('when Defender fails', () => {
  const path = '/api/domains/malware.example/machines';

  beforeAll(async () => {
    await stale(path);
    await gateway.faults([{ match: {}, do: { status: 503 } }]);
  });

  it('an older answer is given to who says stale-if-error, and Defender’s fault to who does not', async () => {
    const older = await ask(path, 'stale-if-error=3600');
    expect(older.status).toBe(200);
    expect(older.headers.get('x-gateway-warning')).toMatch(/as you allowed .*503/);
    expect((await ask(path)).status).toBe(503);
  });
});
