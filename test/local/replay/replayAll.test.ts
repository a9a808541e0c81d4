import { GatewayFault } from '../../../src/local/gateway/askGateway.ts';
import { type ReplayEnd, replayAll } from '../../../src/local/replay/replayAll.ts';
import type { Replayed } from '../../../src/local/replay/replayClient.ts';

const away = new GatewayFault('it does not answer', { mayPass: true });
const closed = new GatewayFault('it refuses the key', { status: 401 });

/** Replays `a` and `b`, of which `a` meets these, one after the other; the last for ever. */
const replayed = async (answers: readonly (Replayed | GatewayFault)[]) => {
  const left = [...answers];
  const waits: number[] = [];
  const ends = new Map<string, ReplayEnd>();
  await replayAll({
    gateway: {
      failed: async () => [],
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
  it('is tried again where the gateway may answer in a moment', async () => {
    const { ends, waits } = await replayed([away, away, { kind: 'hurried' }]);
    expect(ends).toEqual({ a: { kind: 'hurried' }, b: { kind: 'replayed' } });
    expect(waits).toEqual([1000, 2000]);
  });

  it('is given up after four tries, and the others go on', async () => {
    const { ends, waits } = await replayed([away]);
    expect(ends).toEqual({ a: { kind: 'fault', message: 'it does not answer' }, b: { kind: 'replayed' } });
    expect(waits).toEqual([1000, 2000, 4000]);
  });

  it('ends them all where the gateway will not answer at all', async () => {
    await expect(replayed([closed])).rejects.toBe(closed);
  });
});
