/** One process's clock: wrong about the date, a little fast or slow, with timers that are late, and stopped when the machine is. */
import type { Clock } from '../../../src/clock.ts';
import type { Island } from './timerHeap.ts';
import type { VirtualTime } from './virtualTime.ts';

export interface ProcessClock extends Clock {
  /** Monotonic time did not go by for so long, while the wall's did: what a machine that was suspended sees afterwards. */
  skip(milliseconds: number): void;
  /** Somebody sets the wall clock. */
  setWall(byMs: number): void;
}

export interface ClockFlaws {
  /** What the wall clock shows when virtual time begins. */
  readonly wallMs: number;
  readonly monotonicMs: number;
  /** 0.0001: fast by 100 millionths. */
  readonly drift: number;
  /** How late the next timer is. */
  readonly lateMs: () => number;
}

export const createProcessClock = (time: VirtualTime, island: Island, flaws: ClockFlaws): ProcessClock => {
  const rate = 1 + flaws.drift;
  let { wallMs } = flaws;
  let skippedMs = 0;
  const monotonic = () => flaws.monotonicMs + (time.now - skippedMs) * rate;

  return {
    monotonic,
    wall: () => wallMs + time.now,
    skip(milliseconds) {
      skippedMs += milliseconds;
    },
    setWall(byMs) {
      wallMs += byMs;
    },
    sleep: (milliseconds, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted) return resolve();
        const due = monotonic() + milliseconds;
        const wake = () => {
          signal?.removeEventListener('abort', abort);
          resolve();
        };
        const set = (lateMs: number) =>
          time.after((due - monotonic()) / rate + lateMs, () => (monotonic() < due ? again() : wake()), island);
        let timer = set(flaws.lateMs());
        // The clock stood still meanwhile, or a fraction of a nanosecond is missing.
        const again = () => {
          timer = set(0.001);
        };
        const abort = () => {
          timer.fire = undefined;
          resolve();
        };
        signal?.addEventListener('abort', abort, { once: true });
      }),
  };
};
