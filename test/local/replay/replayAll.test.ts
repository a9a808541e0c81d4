import { GatewayFault } from '../../../src/local/gateway/askGateway.ts';
import { type ReplayEnd, replayAll } from '../../../src/local/replay/replayAll.ts';
import type { FailedPage, Replayed } from '../../../src/local/replay/replayClient.ts';

const fetchFault = (code: string) => new TypeError('fetch failed', { cause: Object.assign(new Error(code), { code }) });
const away = new GatewayFault('it does not answer', { mayPass: true, cause: fetchFault('ECONNREFUSED') });
const lost = new GatewayFault('its answer is lost', { mayPass: true, cause: fetchFault('ECONNRESET') });
const broken = new GatewayFault('it answered 503', { mayPass: true, status: 503 });
const busy = new GatewayFault('it answered 429', { mayPass: true, status: 429 });
const closed = new GatewayFault('it refuses the key', { status: 401 });

/** Replays `a` and `b`, of which `a` meets these, one after the other; the last for ever. */
const replayed = async (answers: readonly (Replayed | GatewayFault)[]) => {
  const left = [...answers];
  const waits: number[] = [];
  const ends = new Map<string, ReplayEnd>();
  await replayAll({
    gateway: {
      failed: async () => ({ alerts: [], next: undefined }),
      async replay(id) {
        const answer = id === 'a' ? (left.length > 1 ? left.shift() : left[0]) : { kind: 'replayed' as const };
        if (answer instanceof GatewayFault || !answer) throw answer;
        return answer;
      },
    },
    clock: { sleep: async (milliseconds) => void waits.push(milliseconds) },
    stopping: new AbortController().signal,
    alerts: ['a', 'b'],
    failed: false,
    onEnd: (id, end) => void ends.set(id, end),
  });
  return { ends: Object.fromEntries(ends), waits };
};

describe('a replay', () => {
  it('is tried again where it went nowhere', async () => {
    const { ends, waits } = await replayed([away, busy, { kind: 'hurried' }]);
    expect(ends).toEqual({ a: { kind: 'hurried' }, b: { kind: 'replayed' } });
    expect(waits).toEqual([1000, 2000]);
  });

  it('is given up after four tries, and the others go on', async () => {
    const { ends, waits } = await replayed([away]);
    expect(ends).toEqual({ a: { kind: 'untaken', message: 'it does not answer' }, b: { kind: 'replayed' } });
    expect(waits).toEqual([1000, 2000, 4000]);
  });

  it.each([lost, broken])('is not sent twice where the first may have been taken: $message', async (fault) => {
    const { ends, waits } = await replayed([fault, { kind: 'replayed' }]);
    expect(ends).toEqual({ a: { kind: 'unknown', message: fault.message }, b: { kind: 'replayed' } });
    expect(waits).toEqual([]);
  });

  it('ends them all where the gateway will not answer at all', async () => {
    await expect(replayed([closed])).rejects.toBe(closed);
  });

  it('is not told of when it was broken off meanwhile', async () => {
    const stopping = new AbortController();
    const told: string[] = [];
    await replayAll({
      gateway: {
        failed: async () => ({ alerts: [], next: undefined }),
        async replay() {
          stopping.abort();
          return { kind: 'replayed' };
        },
      },
      clock: { sleep: async () => undefined },
      stopping: stopping.signal,
      alerts: ['a'],
      failed: false,
      onEnd: (id) => void told.push(id),
    });
    expect(told).toEqual([]);
  });
});

/** Replays what failed, of which these stay in the list or come to its end again. A page is of two. */
const allFailed = async (
  ids: readonly string[],
  failsAgain: (id: string) => boolean,
  alerts: readonly string[] = [],
) => {
  const list = [...ids];
  const sent: string[] = [];
  let faults = 1;
  await replayAll({
    gateway: {
      async failed(page = '0'): Promise<FailedPage> {
        if (faults-- > 0) throw lost;
        const end = Number(page) + 2;
        return { alerts: list.slice(Number(page), end), next: end < list.length ? String(end) : undefined };
      },
      async replay(id) {
        sent.push(id);
        if (sent.length > 50) throw new Error('it has no end');
        if (failsAgain(id)) list.push(id);
        return { kind: 'replayed' };
      },
    },
    clock: { sleep: async () => undefined },
    stopping: new AbortController().signal,
    alerts,
    failed: true,
    onEnd: () => undefined,
  });
  return sent;
};

describe('a replay of all that failed', () => {
  const ids = ['a', 'b', 'c', 'd', 'e'];

  it('gets to the last page though those before stay or fail again, and replays each once', async () => {
    expect(await allFailed(ids, () => true)).toEqual(ids);
    expect(await allFailed(ids, (id) => id < 'c')).toEqual(ids);
    expect(await allFailed(ids, () => false)).toEqual(ids);
  });

  it('replays no alert again that was named', async () => {
    expect(await allFailed(ids, () => true, ['d', 'z'])).toEqual(['d', 'z', 'a', 'b', 'c', 'e']);
  });
});
