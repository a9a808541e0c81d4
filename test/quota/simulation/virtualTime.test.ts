import { createProcessClock } from '../../../bench/simulation/time/processClock.ts';
import { createVirtualTime } from '../../../bench/simulation/time/virtualTime.ts';

const someIsland = () => ({ isDead: false, stillUntil: 0 });

const exact = { wallMs: 1_000_000, monotonicMs: 0, drift: 0, lateMs: () => 0 };

describe('virtual time', () => {
  it('fires timers at their instants, and those of one instant in the order they were set', async () => {
    const time = createVirtualTime();
    const fired: string[] = [];
    for (const [name, after] of [
      ['c', 20],
      ['a', 10],
      ['d', 20],
      ['b', 10],
    ] as const) {
      time.after(after, () => fired.push(`${name} ${time.now}`));
    }
    await time.run(100);
    expect(fired).toEqual(['a 10', 'b 10', 'c 20', 'd 20']);
    expect(time.now).toBe(100);
  });

  it('lets everything that promises set going come to rest before the next timer', async () => {
    const time = createVirtualTime();
    let steps = 0;
    let seen = 0;
    const walk = async () => {
      for (; steps < 1000; steps++) await new Promise<void>((resolve) => process.nextTick(resolve));
    };
    time.after(5, () => void walk());
    time.after(5, () => {
      seen = steps;
    });
    await time.run(10);
    expect(seen).toBe(1000);
  });

  it('fires no timer of an island that is dead, and those of one that stands still when it goes on', async () => {
    const time = createVirtualTime();
    const [dying, still] = [someIsland(), someIsland()];
    const fired: string[] = [];
    time.after(10, () => fired.push(`dead ${time.now}`), dying);
    time.after(10, () => fired.push(`late ${time.now}`), still);
    time.after(5, () => {
      dying.isDead = true;
      still.stillUntil = 50;
    });
    await time.run(100);
    expect(fired).toEqual(['late 50']);
  });

  it('throws what a timer throws', async () => {
    const time = createVirtualTime();
    time.after(1, () => {
      throw new Error('from a timer');
    });
    await expect(time.run(10)).rejects.toThrow('from a timer');
  });
});

describe("a process's clock", () => {
  it('shows a suspended machine less monotonic time than the wall says, and wakes sleepers as much later', async () => {
    const time = createVirtualTime();
    const clock = createProcessClock(time, someIsland(), exact);
    const woken: number[] = [];
    void clock.sleep(100).then(() => woken.push(Math.round(time.now)));
    time.after(40, () => clock.suspend(1000));
    await time.run(2000);
    expect(woken).toEqual([1100]);
    expect([clock.monotonic(), clock.wall()]).toEqual([1000, 1_002_000]);
  });

  it('never goes back while the machine is suspended', async () => {
    const time = createVirtualTime();
    const clock = createProcessClock(time, someIsland(), exact);
    const seen: number[] = [];
    for (const at of [10, 40, 41, 500, 1040, 1050]) time.after(at, () => seen.push(clock.monotonic()));
    time.after(40, () => clock.suspend(1000));
    await time.run(2000);
    expect(seen).toEqual([10, 40, 40, 40, 40, 50]);
  });

  it('runs as fast as it is said to, and ends a sleep at once when its signal aborts', async () => {
    const time = createVirtualTime();
    const clock = createProcessClock(time, someIsland(), { ...exact, drift: 0.0001 });
    const leaving = new AbortController();
    const woken: number[] = [];
    void clock.sleep(100_000).then(() => woken.push(Math.round(time.now)));
    void clock.sleep(100_000, leaving.signal).then(() => woken.push(Math.round(time.now)));
    time.after(30, () => leaving.abort());
    await time.run(200_000);
    expect(woken).toEqual([30, 99_990]);
  });
});
