import { keptFor } from '../../src/permissions/kept.ts';
import { fakeClock, settled } from '../support/fakeClock.ts';

describe('what is kept for a while', () => {
  it('is made anew for who asks for that, after what is under way, and once for all who do', async () => {
    const ends: (() => void)[] = [];
    const ask = keptFor(
      fakeClock(),
      1000,
      () => new Promise<number>((resolve) => ends.push(() => resolve(ends.length))),
    );
    const old = ask();
    const [first, second] = [ask(true), ask(true)];
    ends[0]?.();
    expect(await old).toBe(1);
    await settled();
    ends[1]?.();
    expect(await Promise.all([first, second])).toEqual([2, 2]);
    expect(await ask()).toBe(2);
    expect(ends).toHaveLength(2);
  });

  it('is made once for all who ask meanwhile, and again when it is old', async () => {
    const clock = fakeClock();
    let made = 0;
    const ask = keptFor(clock, 1000, async () => {
      made += 1;
      await clock.sleep(100);
      return made;
    });
    const first = Promise.all([ask(), ask()]);
    await clock.advance(100);
    expect(await first).toEqual([1, 1]);
    await clock.advance(999);
    expect(await ask()).toBe(1);
    await clock.advance(1);
    const next = ask();
    await clock.advance(100);
    expect(await next).toBe(2);
  });

  it('is not a fault', async () => {
    let asked = 0;
    const ask = keptFor(fakeClock(), 1000, async () => {
      asked += 1;
      if (asked === 1) throw new Error('broken');
      return 'whole';
    });
    await expect(ask()).rejects.toThrow('broken');
    expect(await ask()).toBe('whole');
  });
});
