import { setImmediate } from 'node:timers/promises';
import { crowd } from '../../../bench/economy/client/crowd.ts';
import { inTurns } from '../../../bench/economy/client/turns.ts';

describe('a crowd of callers', () => {
  it('does every piece once, so many at a time, and gives the results in the order of the list', async () => {
    let [now, most] = [0, 0];
    const work = Array.from({ length: 20 }, (_, n) => n);
    const results = await crowd(3, work, async (n) => {
      now += 1;
      most = Math.max(most, now);
      for (let wait = n % 4; wait >= 0; wait -= 1) await setImmediate();
      now -= 1;
      return n * 2;
    });
    expect(results).toEqual(work.map((n) => n * 2));
    expect(most).toBe(3);
  });

  it('says which caller takes a piece', async () => {
    const callers = await crowd(2, ['a', 'b', 'c', 'd'], async (_, __, caller) => {
      await setImmediate();
      return caller;
    });
    expect(callers).toEqual([0, 1, 0, 1]);
  });

  it('takes nothing more once a piece has failed', async () => {
    const taken: number[] = [];
    const failing = crowd(2, [0, 1, 2, 3, 4, 5], async (n) => {
      taken.push(n);
      await setImmediate();
      if (n === 1) throw new Error('the second one fails');
    });
    await expect(failing).rejects.toThrow('the second one fails');
    for (let turn = 0; turn < 5; turn += 1) await setImmediate();
    expect(taken).toEqual([0, 1, 2]);
  });
});

describe('measuring in turns', () => {
  it('lets each go first every other time', async () => {
    let text = '';
    const say = (letter: string) => async () => {
      text += letter;
      return text.length;
    };
    const { a, b } = await inTurns(3, say('A'), say('B'));
    expect(text).toBe('ABBAAB');
    expect([a, b]).toEqual([
      [1, 4, 5],
      [2, 3, 6],
    ]);
  });
});
