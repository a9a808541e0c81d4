/**
 * The global timers and `Date.now`, on virtual time while a run is on: Bottleneck starts its jobs with timers of no length, and
 * they must neither wait for real time nor outlive the process that set them.
 */
import type { Timer } from './timerHeap.ts';
import type { VirtualTime } from './virtualTime.ts';

/** What `setTimeout` gives: as much of Node's as anybody here asks of it. */
interface GlobalTimer {
  readonly timer: Timer;
  unref(): GlobalTimer;
  ref(): GlobalTimer;
}

/** Node's own least delay. */
const leastMs = 1;

/** @param epochMs what `Date.now` shows when virtual time begins */
export const onVirtualTime = async <T>(time: VirtualTime, epochMs: number, run: () => Promise<T>): Promise<T> => {
  const { setTimeout, clearTimeout } = globalThis;
  const { now } = Date;
  const start = (callback: (...args: unknown[]) => void, milliseconds = 0, ...args: unknown[]): GlobalTimer => {
    const timer = time.after(Math.max(leastMs, milliseconds), () => callback(...args), time.current);
    const made: GlobalTimer = { timer, unref: () => made, ref: () => made };
    return made;
  };
  const clear = (made?: GlobalTimer) => {
    if (made) made.timer.fire = undefined;
  };
  Object.assign(globalThis, { setTimeout: start, clearTimeout: clear });
  Date.now = () => epochMs + Math.floor(time.now);
  try {
    return await run();
  } finally {
    Object.assign(globalThis, { setTimeout, clearTimeout });
    Date.now = now;
  }
};
