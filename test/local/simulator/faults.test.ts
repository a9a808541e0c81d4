import { faultPlan } from '../../../src/local/simulator/faults/faultPlan.ts';
import { readFaultRules } from '../../../src/local/simulator/faults/faultRules.ts';
import { fakeClock } from '../../support/fakeClock.ts';
import { until } from '../../support/until.ts';
import { type Asking, asking } from './support/asking.ts';
import { rawGet } from './support/rawGet.ts';

const path = '/api/machines?$top=3';

describe('a fault', () => {
  const clock = fakeClock();
  let defender: Asking;
  beforeAll(async () => {
    defender = await asking({ clock });
  });
  afterAll(() => defender.stop());
  afterEach(() => defender.control('DELETE', 'faults'));

  const provoke = (action: object, match: object = {}) =>
    defender.control<{ message?: string }>('PUT', 'faults', [{ match, do: action }]);
  const raw = () => rawGet(defender.url + path, { 'accept-encoding': 'identity' });

  it('is a status, in Defender’s envelope', async () => {
    await provoke({ status: 503, retryAfter: 5 });
    const { status, headers, body } = await defender.get(path);
    expect([status, headers.get('retry-after')]).toEqual([503, '5']);
    expect(body).toEqual({ error: { code: 'InternalServerError', message: '', target: expect.any(String) } });
  });

  it('is a body and headers of the test’s own', async () => {
    await provoke({ status: 429, body: { error: { code: 'TooManyRequests' } }, headers: { 'X-Test': 'yes' } });
    const { status, headers, body } = await defender.get(path);
    expect([status, headers.get('x-test'), body]).toEqual([429, 'yes', { error: { code: 'TooManyRequests' } }]);
  });

  it('is a Retry-After in the form of a date', async () => {
    await provoke({ status: 429, retryAfter: 'Sat, 21 Nov 2026 11:06:47 GMT' });
    expect((await defender.get(path)).headers.get('retry-after')).toBe('Sat, 21 Nov 2026 11:06:47 GMT');
  });

  it('is another body under the real status', async () => {
    await provoke({ body: '{"value":[]}' });
    expect(await defender.get(path)).toMatchObject({ status: 200, body: { value: [] } });
  });

  it('is a body that ends too soon', async () => {
    const whole = await raw();
    await provoke({ cut: 100 });
    const cut = await raw();
    expect([cut.status, cut.complete, cut.body]).toEqual([200, false, whole.body.subarray(0, 100)]);
    await provoke({ cut: 0 });
    expect(await raw()).toMatchObject({ status: 200, complete: false, body: Buffer.alloc(0) });
  });

  it('is a connection that is reset', async () => {
    await provoke({ reset: true });
    await expect(raw()).rejects.toMatchObject({ code: 'ECONNRESET' });
  });

  it('is garbage that calls itself JSON', async () => {
    await provoke({ garbage: true });
    const { status, headers, body } = await raw();
    expect([status, headers['content-type']]).toEqual([200, expect.stringContaining('application/json')]);
    expect(() => JSON.parse(body.toString())).toThrow();
  });

  it('is a redirect to elsewhere', async () => {
    await provoke({ redirect: 'https://example.com/api/machines' });
    expect(await raw()).toMatchObject({ status: 307, headers: { location: 'https://example.com/api/machines' } });
  });

  it('is a token that is said to be over', async () => {
    await provoke({ expireToken: true });
    expect(await defender.get(path)).toMatchObject({ status: 401, body: { error: { code: 'Unauthorized' } } });
  });

  it('is an answer that takes its time', async () => {
    await provoke({ latencyMs: 5000 });
    let answered = false;
    const before = await arrivals();
    const answer = defender.get(path).finally(() => {
      answered = true;
    });
    await until('the call to arrive', async () => (await arrivals()) > before);
    await clock.advance(4999);
    expect(answered).toBe(false);
    await clock.advance(1);
    expect((await answer).status).toBe(200);
  });

  it('is an answer that never comes, until the simulator stops', async () => {
    const hanging = await asking({ faults: readFaultRules([{ do: { hang: true } }]) });
    const answer = rawGet(hanging.url + path).catch(({ code }: { code: string }) => code);
    await until('the call to arrive', async () => (await arrivals(hanging)) === 1);
    await hanging.stop();
    expect(await answer).toBe('ECONNRESET');
  });

  it('leaves the call counted', async () => {
    const strict = await asking({ limits: [{ calls: 1, seconds: 60 }], clock });
    await strict.control('PUT', 'faults', [{ match: { nth: 1 }, do: { status: 500 } }]);
    const statuses = [(await strict.get(path)).status, (await strict.get(path)).status];
    await strict.stop();
    expect(statuses).toEqual([500, 429]);
  });

  it.each<[object, string]>([
    [{ do: { latencyMs: 'long' } }, '[0].do.latencyMs'],
    [{ do: { status: 99 } }, '[0].do.status'],
    [{ do: {} }, '[0].do: says nothing to do'],
    [{ do: { hang: true }, match: { path: '(' } }, '[0].match.path: is not a regular expression'],
    [{ do: { hang: true }, match: { nht: 1 } }, 'nht'],
    [{ match: {} }, '[0].do'],
    [{ do: { hang: true }, match: { route: 'listMachine' } }, '[0].match.route: is none of listMachines, machine, '],
    [{ do: { headers: { 'X Test': 'yes' } } }, '[0].do.headers.X Test'],
    [{ do: { headers: { 'X-Test': 'yes\n' } } }, '[0].do.headers.X-Test: has characters'],
    [{ do: { redirect: 'https://example.com/\n' } }, '[0].do.redirect: has characters'],
  ])('is refused by its field: %j', async (rule, field) => {
    const { message } = await defender.control<{ message: string }>('PUT', 'faults', [rule]);
    expect(message).toContain(field);
  });

  const arrivals = async (of: Asking = defender) => (await of.control<{ total: number }>('GET', 'arrivals')).total;
});

describe('whose turn it is', () => {
  const call = { route: 'listMachines', method: 'GET', target: '/api/machines?$top=1' };
  const planned = (rules: unknown, seed = 1) => {
    const plan = faultPlan(seed);
    plan.replace(readFaultRules(rules));
    return plan;
  };
  const fired = (match: object, calls = 9) => {
    const plan = planned([{ match, do: { status: 500 } }]);
    return Array.from({ length: calls }, (_, index) => (plan.of(call) ? index + 1 : 0)).filter(Boolean);
  };

  it.each([
    [{}, [1, 2, 3, 4, 5, 6, 7, 8, 9]],
    [{ nth: 3 }, [3]],
    [{ every: 4 }, [4, 8]],
    [{ times: 2 }, [1, 2]],
    [{ every: 2, times: 3 }, [2, 4, 6]],
    [{ path: '^/api/machines' }, [1, 2, 3, 4, 5, 6, 7, 8, 9]],
    [{ path: 'top=2$' }, []],
    [{ route: 'alertMachine' }, []],
    [{ method: 'post' }, []],
    [{ probability: 0 }, []],
    [{ probability: 1, times: 1 }, [1]],
  ])('is told by %j', (match, turns) => {
    expect(fired(match)).toEqual(turns);
  });

  it('is drawn from the seed, about as often as told', () => {
    const plan = () => planned([{ match: { probability: 0.3 }, do: { reset: true } }]);
    const [one, other] = [plan(), plan()].map((each) =>
      Array.from({ length: 2000 }, () => each.of(call) !== undefined),
    );
    expect(one).toEqual(other);
    expect(one?.filter(Boolean).length).toBeGreaterThan(500);
    expect(one?.filter(Boolean).length).toBeLessThan(700);
  });

  it('is the first rule’s, and the others count on', () => {
    const plan = planned([
      { match: { nth: 2 }, do: { status: 500 } },
      { match: { every: 2 }, do: { status: 503 } },
    ]);
    expect([1, 2, 3, 4].map(() => plan.of(call)?.status)).toEqual([undefined, 500, undefined, 503]);
    expect(plan.shown().map(({ seen, fired: times }) => [seen, times])).toEqual([
      [4, 1],
      [4, 1],
    ]);
  });
});
