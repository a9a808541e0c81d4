/**
 * Time and timers behind one port, so that tests can own them.
 *
 * `monotonic` decides how long; `wall` is only ever compared with it (to see that the machine was frozen)
 * or shown to people. No decision about the quota uses `wall`.
 */
export interface Clock {
  /** Milliseconds since an arbitrary start; never steps, may hold fractions. */
  monotonic(): number;
  /** Milliseconds since 1970 as this machine believes. */
  wall(): number;
  /** Resolves after at least `milliseconds`, at once when `signal` aborts. The wait does not keep the process alive. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

/** The clock of this machine. */
export const systemClock: Clock = {
  monotonic: () => performance.now(),
  wall: () => Date.now(),
  sleep: (milliseconds, signal) =>
    new Promise((resolve) => {
      if (signal?.aborted) return resolve();
      const done = () => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, Math.max(0, milliseconds));
      timer.unref();
      signal?.addEventListener('abort', done, { once: true });
    }),
};
