import { errorOf, type Gateway, startGateway } from '../support/gateway.ts';

const limit = { calls: 20, seconds: 6 };
const clients = 8;
const windows = 3;

let gateway: Gateway;
beforeAll(async () => {
  gateway = await startGateway({ hosts: 2, limits: `${limit.calls}/${limit.seconds}` });
});
afterAll(() => gateway.stop());

let users = 0;
/** Another question each time, which nobody asked before: none is answered without a call. */
const ask = (wait: number, host = 0) =>
  gateway.get(`/api/users/user${users++}/machines`, { prefer: `wait=${wait}` }, host);

/** Clients that ask again as soon as they are answered, half of them at each host, until the time is over. */
const hammer = async (milliseconds: number) => {
  const until = performance.now() + milliseconds;
  const statuses: number[] = [];
  const client = async (_: unknown, i: number) => {
    while (performance.now() < until) {
      const response = await ask(30, i % 2);
      await response.arrayBuffer();
      statuses.push(response.status);
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  return statuses;
};

describe('a quota of 20 calls in 6 s, two hosts and eight clients that never rest', () => {
  it('is kept in every rolling window, used to nine tenths, and nobody is refused', async () => {
    const statuses = await hammer(windows * limit.seconds * 1000);
    const arrivals = await gateway.arrivals();
    const start = arrivals[0]?.at ?? 0;
    const inTime = arrivals.filter(({ at }) => at - start < windows * limit.seconds * 1000);
    expect(await gateway.fullestWindow(limit.seconds)).toBeLessThanOrEqual(limit.calls);
    expect(inTime.length).toBeGreaterThanOrEqual(0.9 * windows * limit.calls);
    expect(new Set(statuses)).toEqual(new Set([200]));
    expect(arrivals.filter(({ status }) => status === 429)).toEqual([]);
  });

  it('tells a caller that cannot wait how long to stay away, and keeps its word', async () => {
    const spent = await Promise.all(Array.from({ length: limit.calls + 1 }, () => ask(0)));
    const refused = spent.find(({ status }) => status === 429);
    expect(refused).toBeDefined();
    const seconds = Number(refused?.headers.get('retry-after'));
    expect(seconds).toBeGreaterThanOrEqual(1);
    expect(seconds).toBeLessThanOrEqual(2 * limit.seconds + 1);
    const { code, message } = await errorOf(refused ?? new Response());
    expect(code).toBe('TooManyRequests');
    expect(message).toContain(`Wait ${seconds} s`);
    await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
    expect((await ask(0, 1)).status).toBe(200);
    expect(await gateway.fullestWindow(limit.seconds)).toBeLessThanOrEqual(limit.calls);
  });
});
