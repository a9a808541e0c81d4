import type { Clock } from '../../src/clock.ts';

/** A clock whose time goes by only when a test says so. */
export interface FakeClock extends Clock {
  /** Lets time go by: whoever sleeps wakes in order, each at its own instant. */
  advance(milliseconds: number): Promise<void>;
  /** The machine stands still: monotonic time hardly moves, the wall clock does; sleepers are not woken. */
  freeze(milliseconds: number): void;
  /** The process is busy: time goes by, and nobody is woken before it is over. */
  stall(milliseconds: number): void;
}

interface Sleeper {
  readonly at: number;
  wake(): void;
}

/** @param turns of the event loop in which what was set going comes to rest; more where bodies are read */
export const fakeClock = (turns = 4): FakeClock => {
  let now = 1000;
  let wallOffset = 1_795_000_000_000;
  const sleepers = new Set<Sleeper>();

  const firstDue = (until: number) => [...sleepers].filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)[0];

  return {
    monotonic: () => now,
    wall: () => now + wallOffset,
    sleep: (milliseconds, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted) return resolve();
        const sleeper = {
          at: now + Math.max(0, milliseconds),
          wake() {
            sleepers.delete(sleeper);
            signal?.removeEventListener('abort', sleeper.wake);
            resolve();
          },
        };
        sleepers.add(sleeper);
        signal?.addEventListener('abort', sleeper.wake, { once: true });
      }),
    async advance(milliseconds) {
      const until = now + milliseconds;
      await settled(turns);
      for (let next = firstDue(until); next; next = firstDue(until)) {
        now = Math.max(now, next.at);
        next.wake();
        await settled(turns);
      }
      now = until;
      await settled(turns);
    },
    freeze(milliseconds) {
      wallOffset += milliseconds;
    },
    stall(milliseconds) {
      now += milliseconds;
    },
  };
};

/** Until what was set going has come to rest: promises, streams, and the zero-length timers that Bottleneck starts its jobs with. */
export const settled = async (turns = 4): Promise<void> => {
  for (let turn = 0; turn < turns; turn++) {
    await new Promise((resolve) => setTimeout(resolve, 0));
    await new Promise((resolve) => setImmediate(resolve));
    await new Promise((resolve) => setImmediate(resolve));
  }
};
