import { createServerClock } from '../../src/quota/serverClock.ts';
import { fakeClock } from '../support/fakeClock.ts';

const skew = 3_600_000;

const setUp = () => {
  const clock = fakeClock();
  const time = createServerClock(clock);
  const trueTime = () => clock.wall() + skew;
  const write = async (roundTripMs: number, frozenMs = 0) => {
    const sent = time.start();
    await clock.advance(roundTripMs / 2);
    const stampedAt = Math.floor(trueTime());
    clock.freeze(frozenMs);
    await clock.advance(roundTripMs / 2);
    time.learn(stampedAt, sent);
  };
  return { clock, time, trueTime, write };
};

describe('the storage time', () => {
  it('is not trusted before a write', () => {
    expect(setUp().time.isTrusted()).toBe(false);
  });

  it('is not learnt from a write during which the machine was frozen', async () => {
    const { time, write } = setUp();
    await write(10, 3000);
    expect(time.isTrusted()).toBe(false);
  });

  it('is known to within a round trip after one write, however wrong this machine is', async () => {
    const { time, trueTime, write } = setUp();
    await write(10);
    const { earliest, latest } = time.now();
    expect(earliest).toBeLessThanOrEqual(trueTime());
    expect(latest).toBeGreaterThanOrEqual(trueTime());
    expect(latest - earliest).toBeLessThanOrEqual(12);
  });

  it('is narrowed by a quicker write, and not widened by a slower one', async () => {
    const { time, write } = setUp();
    await write(4);
    await write(400);
    const { earliest, latest } = time.now();
    expect(latest - earliest).toBeLessThanOrEqual(7);
  });

  it('widens with age, so that a drifting clock stays inside', async () => {
    const { clock, time, write } = setUp();
    await write(2);
    await clock.advance(200_000);
    const { earliest, latest } = time.now();
    expect(latest - earliest).toBeGreaterThanOrEqual(80);
  });

  it('is not trusted ten minutes after the last write', async () => {
    const { clock, time, write } = setUp();
    await write(2);
    await clock.advance(599_000);
    expect(time.isTrusted()).toBe(true);
    await clock.advance(2_000);
    expect(time.isTrusted()).toBe(false);
  });

  it('is not trusted after the machine was frozen, until the next write', async () => {
    const { clock, time, trueTime, write } = setUp();
    await write(2);
    clock.freeze(500);
    expect(time.isTrusted()).toBe(false);
    await write(2);
    expect(time.isTrusted()).toBe(true);
    expect(time.now().latest).toBeGreaterThanOrEqual(trueTime());
  });
});
