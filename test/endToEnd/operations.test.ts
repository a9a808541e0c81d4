import { bodyOf, errorOf, type Gateway, startGateway } from '../support/gateway.ts';

const async = { prefer: 'respond-async' };

let gateway: Gateway;
afterEach(() => gateway?.stop());

/** Parks a question. @returns the path where its answer will be */
const parked = async (path: string, headers: Record<string, string> = {}, host = 0): Promise<string> => {
  const response = await gateway.get(path, { ...async, ...headers }, host);
  expect([path, response.status]).toEqual([path, 202]);
  expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
  const location = new URL(response.headers.get('location') ?? '');
  expect(location.origin).toBe(gateway.urls[host]);
  return location.pathname;
};

/** As Logic Apps' HTTP action does: asks `Location` until it is no 202, and follows no redirect. */
const polled = async (path: string, host = 0): Promise<Response> => {
  for (;;) {
    const response = await fetch(`${gateway.urls[host]}${path}`, {
      headers: { 'x-functions-key': gateway.key, prefer: 'wait=20' },
      redirect: 'error',
    });
    if (response.status !== 202) return response;
    await response.text();
  }
};

describe('a request with Prefer: respond-async', () => {
  it('outlives the host that took it: another one answers it, for who sent it alone', async () => {
    gateway = await startGateway({ hosts: 2, limits: '2/12' });
    // Its message is hidden until the quota has room; by then the first host is gone.
    await Promise.all(['1', '2'].map((top) => gateway.get(`/api/machines?$top=${top}`)));
    const path = await parked('/api/machines?$top=5', { prefer: 'respond-async, wait=0' });
    await gateway.stopHost(0);
    expect((await gateway.get(path, {}, 1)).status).toBe(202);
    const response = await polled(path, 1);
    expect([response.status, response.headers.get('x-gateway-operation')]).toEqual([200, 'done']);
    expect(Number(response.headers.get('age'))).toBeGreaterThanOrEqual(0);
    const { value } = await bodyOf(response);
    expect(value).toEqual((await bodyOf(await gateway.direct('/api/machines?$top=5'))).value);
    const theirs = await fetch(`${gateway.urls[1]}${path}`, { headers: { 'x-functions-key': gateway.masterKey } });
    const never = await fetch(`${gateway.urls[1]}${path.replace(/.$/, (last) => (last === '0' ? '1' : '0'))}`, {
      headers: { 'x-functions-key': gateway.key },
    });
    expect([theirs.status, never.status]).toEqual([404, 404]);
    expect((await errorOf(theirs)).message).toBe((await errorOf(never)).message);
    expect((await fetch(`${gateway.urls[1]}${path}`)).status).toBe(401);
  }, 60_000);

  it('waits for the quota, and ends with its answer', async () => {
    gateway = await startGateway({ limits: '2/10' });
    await Promise.all(['1', '2'].map((top) => gateway.get(`/api/machines?$top=${top}`)));
    const path = await parked('/api/machines?$top=3', { prefer: 'respond-async, wait=0' });
    const waiting = await gateway.get(path);
    expect(waiting.status).toBe(202);
    const { status, refusedWith } = JSON.parse(await waiting.text());
    expect([status, [undefined, 429].includes(refusedWith)]).toEqual(['waiting', true]);
    const response = await polled(path);
    expect(response.status).toBe(200);
    expect((await bodyOf(response)).value).toHaveLength(3);
    expect(await gateway.fullestWindow(10)).toBeLessThanOrEqual(2);
  });

  it('brings a page of 10,000 machines to the byte, as often as it is asked for', async () => {
    gateway = await startGateway({ limits: '1000/60', simulator: { machines: 12_000 } });
    const path = await parked('/api/machines?$top=10000');
    const first = await polled(path);
    const bytes = Buffer.from(await first.arrayBuffer());
    const direct = JSON.parse(await (await gateway.direct('/api/machines?$top=10000')).text());
    expect(JSON.parse(bytes.toString()).value).toEqual(direct.value);
    await gateway.forgetArrivals();
    const again = Buffer.from(await (await polled(path)).arrayBuffer());
    expect(again.equals(bytes)).toBe(true);
    expect(await gateway.arrivals()).toEqual([]);
  });

  it('is told a mistake at once, and what Defender says of what is not there in the end', async () => {
    gateway = await startGateway({ limits: '1000/60' });
    const wrong = await gateway.get('/api/machines?$filter=nonsense', async);
    expect([wrong.status, (await errorOf(wrong)).code]).toEqual([400, 'ODataError']);
    const missing = await polled(await parked(`/api/machines/${'0'.repeat(40)}`));
    expect([missing.status, (await errorOf(missing)).code]).toEqual([404, 'ResourceNotFound']);
  });
});
