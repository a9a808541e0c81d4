import { keptFor } from '../../src/permissions/kept.ts';
import { fakeClock, settled } from '../support/fakeClock.ts';

describe('what is kept for a while', () => {
  it('is made anew for who asks for that, after what is under way, and once for all who do', async () => {
    const ends: (() => void)[] = [];
    const { get: ask } = keptFor(
      fakeClock(),
      { forMs: 1000, apartMs: 0 },
      () => new Promise<number>((resolve) => ends.push(() => resolve(ends.length))),
    );
    const old = ask();
    await settled();
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
    const { get: ask } = keptFor(clock, { forMs: 1000, apartMs: 0 }, async () => {
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
    const clock = fakeClock();
    const { get: ask } = keptFor(clock, { forMs: 1000, apartMs: 300 }, async () => {
      asked += 1;
      if (asked === 1) throw new Error('broken');
      return 'whole';
    });
    await expect(ask()).rejects.toThrow('broken');
    const again = Promise.all([ask(), ask(true)]);
    await clock.advance(299);
    expect(asked).toBe(1);
    await clock.advance(1);
    expect(await again).toEqual(['whole', 'whole']);
  });

  it('is begun once in a while at most, however often it is asked for anew, and every time after it was asked for', async () => {
    const clock = fakeClock();
    const begun: number[] = [];
    const start = clock.monotonic();
    const { get: ask } = keptFor(clock, { forMs: 60_000, apartMs: 10_000 }, async () => {
      begun.push(clock.monotonic() - start);
      await clock.sleep(500);
      return clock.monotonic() - start;
    });
    const asking: Promise<readonly [number, number]>[] = [];
    for (let second = 0; second < 60; second++) {
      const at = clock.monotonic() - start;
      asking.push(ask(true).then((ended) => [at, ended - 500] as const));
      await clock.advance(1000);
    }
    await clock.advance(60_000);
    expect(begun).toEqual([0, 10_000, 20_000, 30_000, 40_000, 50_000, 60_000]);
    for (const [askedAt, begunAt] of await Promise.all(asking)) expect(begunAt).toBeGreaterThanOrEqual(askedAt);
  });

  it('is given to who takes an old one while another waits for a new one', async () => {
    const clock = fakeClock();
    let made = 0;
    const { get: ask } = keptFor(clock, { forMs: 60_000, apartMs: 10_000 }, async () => ++made);
    expect(await ask()).toBe(1);
    const anew = ask(true);
    expect(await ask()).toBe(1);
    await clock.advance(10_000);
    expect([await anew, await ask()]).toEqual([2, 2]);
  });
});
