/** One process's clock: wrong about the date, a little fast or slow, with timers that are late, and stopped when the machine is. */
import type { Clock } from '../../../src/clock.ts';
import type { Island } from './timerHeap.ts';
import type { VirtualTime } from './virtualTime.ts';

export interface ProcessClock extends Clock {
  /** From now on monotonic time stands for so long, while the wall's goes on: the machine is suspended. */
  suspend(milliseconds: number): void;
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

/** Rounding must not wake anybody a fraction of a nanosecond too soon. */
const hairMs = 0.001;

export const createProcessClock = (time: VirtualTime, island: Island, flaws: ClockFlaws): ProcessClock => {
  const rate = 1 + flaws.drift;
  let { wallMs } = flaws;
  let stoodMs = 0;
  let standing = { from: 0, forMs: 0 };

  const monotonic = () => {
    const standsMs = Math.min(standing.forMs, time.now - standing.from);
    return flaws.monotonicMs + (time.now - stoodMs - standsMs) * rate;
  };

  const sleep: Clock['sleep'] = (milliseconds, signal) =>
    new Promise((resolve) => {
      if (signal?.aborted) return resolve();
      const due = monotonic() + milliseconds;
      const wake = () => {
        if (monotonic() < due) {
          timer = time.after((due - monotonic()) / rate + hairMs, wake, island);
          return;
        }
        signal?.removeEventListener('abort', abort);
        resolve();
      };
      const abort = () => {
        timer.fire = undefined;
        resolve();
      };
      let timer = time.after(milliseconds / rate + hairMs + flaws.lateMs(), wake, island);
      signal?.addEventListener('abort', abort, { once: true });
    });

  return {
    monotonic,
    wall: () => wallMs + time.now,
    sleep,
    suspend(milliseconds) {
      stoodMs += standing.forMs;
      standing = { from: time.now, forMs: milliseconds };
    },
    setWall(byMs) {
      wallMs += byMs;
    },
  };
};
