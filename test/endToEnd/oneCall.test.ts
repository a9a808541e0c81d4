import { type Gateway, startGateway } from '../support/gateway.ts';
import { until } from '../support/until.ts';

let gateway: Gateway;
beforeAll(async () => {
  gateway = await startGateway({ hosts: 2, limits: '1000/60', simulator: { latencyMs: 100 } });
});
afterAll(() => gateway.stop());
beforeEach(() => gateway.forgetArrivals());

const paths = async () => (await gateway.arrivals()).map(({ path }) => path);

/** Asks the same on both hosts, so many times on each, all at once. */
const asked = (path: string, times: number, headers: Record<string, string> = {}) =>
  Promise.all(Array.from({ length: 2 * times }, (_, i) => gateway.get(path, headers, i % 2)));

describe('the same question at one moment', () => {
  it.each(['/api/users/user1/machines', '/api/alerts/636688558380765161_2136280442/machine'])(
    '%s, 20 times on each of two hosts, is one call, and all get its answer',
    async (path) => {
      const answers = await asked(path, 20);
      const bodies = await Promise.all(answers.map((answer) => answer.text()));
      expect(answers.map(({ status }) => status)).toEqual(Array(40).fill(200));
      expect(new Set(bodies)).toEqual(new Set([await (await gateway.direct(path)).text()]));
      expect(await paths()).toEqual([path]);
    },
  );

  it('is one call where the answer is that there is none', async () => {
    const path = '/api/alerts/da637472900382838869_1/machine';
    const answers = await asked(path, 10);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([404]));
    expect(await paths()).toEqual([path]);
  });

  it('is one call of each host where everybody wants what is new', async () => {
    const path = '/api/users/user2/machines';
    const answers = await asked(path, 10, { 'cache-control': 'no-cache' });
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(await paths()).toEqual([path, path]);
  });

  it('says to those who shared the call that they did', async () => {
    const answers = await asked('/api/users/user3/machines', 5);
    const said = answers.map(({ headers }) => headers.get('cache-status') ?? '');
    expect(said.filter((text) => /fwd=miss/.test(text) && !/collapsed/.test(text))).toHaveLength(1);
    expect(said.filter((text) => /collapsed|;hit;/.test(text))).toHaveLength(9);
  });
});

describe('when the host that asks is stopped meanwhile', () => {
  it('who waits for its answer on the other still gets one, within its time', async () => {
    const path = '/api/users/user4/machines';
    await gateway.faults([{ match: { times: 1 }, do: { hang: true } }]);
    const lost = gateway.get(path, {}, 0).then(
      ({ status }) => status,
      () => undefined,
    );
    await until('the call to arrive', async () => (await paths()).length === 1);
    const started = performance.now();
    const [answer] = await Promise.all([gateway.get(path, { prefer: 'wait=6' }, 1), gateway.stopHost(0)]);
    expect(performance.now() - started).toBeLessThan(6000);
    expect(answer.status).toBe(200);
    expect(await answer.text()).toBe(await (await gateway.direct(path)).text());
    expect(await paths()).toEqual([path, path]);
    expect(await lost).not.toBe(200);
  });
});
