import type { Clock } from '../../src/clock.ts';
import { createGate, type Gate } from '../../src/quota/gate.ts';
import { timingFor } from '../../src/quota/guard.ts';
import { type Ledger, LostAnswer } from '../../src/quota/ledger.ts';
import { parseLimits } from '../../src/quota/limits.ts';
import { memoryLedger } from '../../src/quota/memoryLedger.ts';
import { type FakeClock, fakeClock } from '../support/fakeClock.ts';
import { quietLog } from '../support/quietLog.ts';

/** Numbers in [0, 1) that a seed determines (mulberry32). */
const random = (seed: number) => {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
};

/** One process's view of time: its wall clock is wrong, and now and then its timers fire late. */
const clockOf = (clock: FakeClock, draw: () => number): Clock => {
  const skewMs = (draw() - 0.5) * 7_200_000;
  return {
    monotonic: clock.monotonic,
    wall: () => clock.wall() + skewMs,
    sleep: (milliseconds, signal) => clock.sleep(milliseconds + (draw() < 0.05 ? draw() * 2000 : draw() * 5), signal),
  };
};

/** The way to the store: it takes its time, and one answer in fifty is lost, with or without the write. */
const farLedger = (ledger: Ledger, clock: FakeClock, draw: () => number): Ledger => {
  const travel = async <T>(ask: () => Promise<T>): Promise<T> => {
    await clock.sleep(draw() * 20);
    const isLost = draw() < 0.02;
    if (isLost && draw() < 0.5) throw new LostAnswer('lost on the way there');
    const answer = await ask();
    await clock.sleep(draw() < 0.05 ? draw() * 400 : draw() * 20);
    if (isLost) throw new LostAnswer('lost on the way back');
    return answer;
  };
  return {
    read: () => travel(() => ledger.read()),
    swap: (from, next) => travel(() => ledger.swap(from, next)),
    stamp: () => travel(() => ledger.stamp()),
  };
};

const run = async (seed: number, text: string, seconds: number) => {
  const draw = random(seed);
  const clock = fakeClock();
  const limits = parseLimits(text);
  const { spreadMs } = timingFor(limits);
  const store = memoryLedger(clock);
  const arrivals: number[] = [];
  const process = () =>
    createGate({
      ledger: farLedger(store, clock, draw),
      clock: clockOf(clock, draw),
      log: quietLog,
      limits,
      newLedger: 'unused',
      concurrency: 50,
    });
  const gates: Gate[] = [process(), process(), process()];
  const send = async () => {
    arrivals.push(clock.monotonic() + draw() * spreadMs);
    return { value: undefined };
  };
  for (let elapsed = 0; elapsed < seconds * 1000; ) {
    const gate = Math.floor(draw() * gates.length);
    if (draw() < 0.01) gates[gate] = process();
    void gates[gate]?.pass({ waitMs: draw() < 0.3 ? 0 : draw() * 10_000, priority: 'interactive' }, send);
    const pause = draw() < 0.05 ? draw() * 3000 : draw() * 120;
    await clock.advance(pause);
    elapsed += pause;
  }
  return { arrivals: arrivals.sort((a, b) => a - b), limits };
};

/** Long enough for two windows and a half of the longest. */
const playedSeconds = 15;

describe('three processes with wrong clocks, late timers, lost answers and crashes', () => {
  it.each([
    [1, '20/6'],
    [2, '20/6'],
    [3, '5/2,12/6'],
    [4, '1/1'],
  ])('seed %d: never let more arrive than %s, and use half of it or more', async (seed, text) => {
    const { arrivals, limits } = await run(seed, text, playedSeconds);
    for (const { calls, seconds } of limits) {
      const within = arrivals.map((from, i) => arrivals.slice(i).filter((at) => at < from + seconds * 1000).length);
      expect(Math.max(...within)).toBeLessThanOrEqual(calls);
    }
    const possible = Math.min(...limits.map(({ calls, seconds }) => calls * Math.floor(playedSeconds / seconds)));
    expect(arrivals.length).toBeGreaterThanOrEqual(possible / 2);
  });
});
