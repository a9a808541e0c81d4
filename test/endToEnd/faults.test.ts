import { errorOf, type Gateway, startGateway } from '../support/gateway.ts';

const path = '/api/alerts/636688558380765161_2136280442/machine';

let gateway: Gateway;
beforeAll(async () => {
  gateway = await startGateway({ limits: '1000/60' });
});
afterEach(() => gateway.faults([]));
afterAll(() => gateway.stop());

/** Asks Defender, whatever is kept. */
const ask = (headers: Record<string, string> = {}) => gateway.get(path, { 'cache-control': 'no-cache', ...headers });

describe('when Defender', () => {
  it.each([
    ['is busy once', { status: 503, retryAfter: 1 }],
    ['drops the connection once', { reset: true as const }],
    ['cuts a body short once', { cut: 100 }],
    ['sends garbage once', { garbage: true as const }],
    ['takes the token for expired once', { expireToken: true as const }],
  ])('%s, the caller does not notice', async (_, fault) => {
    await gateway.faults([{ match: { times: 1 }, do: fault }]);
    await gateway.forgetArrivals();
    const response = await ask();
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ id: expect.any(String) });
    expect(await gateway.arrivals()).toHaveLength(2);
  });

  it('refuses the token once, a fresh one is fetched, once', async () => {
    await ask();
    const before = await gateway.tokenRequests();
    await gateway.faults([{ match: { times: 1 }, do: { expireToken: true } }]);
    expect((await ask()).status).toBe(200);
    expect(await gateway.tokenRequests()).toBe(before + 1);
  });

  it('redirects, nobody follows', async () => {
    await gateway.faults([{ match: {}, do: { redirect: 'https://elsewhere.example/' } }]);
    const response = await ask();
    expect(response.status).toBe(502);
    expect((await errorOf(response)).message).toContain('redirect');
  });

  it('never answers, the caller is told when its time is over', async () => {
    await gateway.faults([{ match: {}, do: { hang: true } }]);
    const started = performance.now();
    const response = await ask({ prefer: 'wait=2' });
    const seconds = (performance.now() - started) / 1000;
    expect(response.status).toBe(504);
    expect((await errorOf(response)).code).toBe('GatewayTimeout');
    expect(seconds).toBeGreaterThanOrEqual(1.9);
    expect(seconds).toBeLessThan(4);
  });

  it('says 429 for what others did, its wait is passed on', async () => {
    await gateway.faults([{ match: {}, do: { status: 429, retryAfter: 17 } }]);
    // A call with a quota of its own: that of the others is not blocked.
    const response = await gateway.get('/api/domains/malware.example/machines', { prefer: 'wait=5' });
    expect(response.status).toBe(429);
    expect(response.headers.get('retry-after')).toBe('17');
  });

  it('refuses for a missing role, its own words name the role', async () => {
    const message =
      'Missing application roles. API required roles: Machine.Read.All,Machine.ReadWrite.All, application roles: X.';
    await gateway.faults([{ match: {}, do: { status: 403, body: { error: { code: 'Forbidden', message } } } }]);
    const response = await ask();
    expect(response.status).toBe(403);
    expect(await errorOf(response)).toEqual({ code: 'Forbidden', message });
  });
});

describe('when the storage is gone', () => {
  beforeAll(async () => {
    await ask();
    await gateway.storage.stop();
    await gateway.forgetArrivals();
  });

  it('nothing is sent to Defender, and callers are told to come back', async () => {
    const response = await ask({ prefer: 'wait=5' });
    expect(response.status).toBe(503);
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThanOrEqual(5);
    expect((await errorOf(response)).message).toContain('quota ledger in Table storage cannot be reached');
    expect(await gateway.arrivals()).toEqual([]);
  });

  it('what was never asked is told to come back, too', async () => {
    const response = await gateway.get('/api/users/user1/machines', { prefer: 'wait=0' });
    expect([response.status, await gateway.arrivals()]).toEqual([503, []]);
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
  });

  it('a fresh answer that was kept is still given', async () => {
    const response = await gateway.get(path);
    expect([response.status, await gateway.arrivals()]).toEqual([200, []]);
    expect(response.headers.get('cache-status')).toMatch(/;hit;/);
    expect(await response.json()).toMatchObject({ id: expect.any(String) });
  });
});
