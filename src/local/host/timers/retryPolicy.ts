import type { RegisteredFunction } from '../invoker.ts';
import { type BackOff, backOff } from '../triggers/backOff.ts';

/** How often, and after what waits, a failed run is tried again. */
export interface RetryPolicy {
  /** -1 for without end. */
  readonly maxRetryCount: number;
  /** The waits between the tries of one run. */
  waits(): BackOff;
}

/**
 * The retry policy that a function was registered with; `undefined` for none.
 *
 * @param random  at least 0, below 1
 * @throws when Azure would refuse it, naming what is wrong
 */
export const retryPolicy = (
  options: RegisteredFunction['retryOptions'],
  random: () => number,
): RetryPolicy | undefined => {
  if (!options) return undefined;
  const maxRetryCount = Number(options.maxRetryCount);
  if (!Number.isInteger(maxRetryCount) || maxRetryCount < -1) {
    throw new Error(`retry.maxRetryCount is ${options.maxRetryCount}; write how often to try again, or -1 for always`);
  }
  if (options.retryStrategy === 'fixedDelay') {
    const delay = milliseconds(options, 'delayInterval');
    return { maxRetryCount, waits: () => ({ next: () => delay }) };
  }
  if (options.retryStrategy !== 'exponentialBackoff') {
    throw new Error(`retry.strategy is ${options.retryStrategy}; write fixedDelay or exponentialBackoff`);
  }
  const least = milliseconds(options, 'minimumInterval');
  const most = milliseconds(options, 'maximumInterval');
  if (least > most) throw new Error('retry.minimumInterval is greater than retry.maximumInterval');
  return { maxRetryCount, waits: () => backOff(least, most, random) };
};

/** The programming model turns every duration into whole seconds. */
const milliseconds = (options: Readonly<Record<string, unknown>>, name: string): number => {
  const { seconds } = (options[name] ?? {}) as { seconds?: unknown };
  if (typeof seconds === 'number' && seconds >= 0) return seconds * 1_000;
  throw new Error(`retry.${name} is missing; write a duration such as { seconds: 10 }`);
};
