/** Waits for the results of all alerts, and says every few seconds how far it is. */
import type { Clock } from '../../src/clock.ts';

export interface Waiting {
  /** Whether all alerts were taken, and each has a result. */
  areIn(): boolean;
  progress(): string;
  readonly print: (line: string) => void;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

const everyMs = 200;
const tellEveryMs = 5_000;

/** @param until instant of the monotonic clock at which it is given up */
export const untilAllIn = async ({ areIn, progress, print, clock, signal }: Waiting, until: number): Promise<void> => {
  let tellAt = clock.monotonic() + tellEveryMs;
  while (!areIn() && clock.monotonic() < until && !signal.aborted) {
    await clock.sleep(everyMs, signal);
    if (clock.monotonic() < tellAt) continue;
    print(progress());
    tellAt += tellEveryMs;
  }
};
