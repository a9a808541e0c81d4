/** Faults of the table service that pass by themselves, and asking again. What is asked again must be harmless to do twice. */
import type { Clock } from '../clock.ts';
import { statusOf } from './tableService.ts';

/** Milliseconds before each further try. */
export const waitsMs = [100, 400, 1500, 4000] as const;

/** How long one request may take: a page of a thousand rows, or a transaction of a hundred, takes well below a second. */
const answerWithinMs = 15_000;

/** What a request is told of the time that it has. */
export interface Within {
  readonly abortSignal: AbortSignal;
}

/**
 * One request, which ends when the service does not answer in time. The signal goes with the request: one with a time of its own would keep
 * request and answer in memory until that is over.
 */
export const inTime = async <T>(
  clock: Pick<Clock, 'sleep'>,
  ask: (within: Within) => Promise<T>,
  withinMs = answerWithinMs,
): Promise<T> => {
  const over = new AbortController();
  const answered = new AbortController();
  void clock.sleep(withinMs, answered.signal).then(() => answered.signal.aborted || over.abort());
  try {
    return await ask({ abortSignal: over.signal });
  } finally {
    answered.abort();
  }
};

export const retrying = async <T>(clock: Pick<Clock, 'sleep'>, ask: () => Promise<T>): Promise<T> => {
  for (const wait of waitsMs) {
    try {
      return await ask();
    } catch (fault) {
      if (!isPassing(fault)) throw fault;
    }
    await clock.sleep(wait);
  }
  return ask();
};

/** No answer at all, one that was cut, or "not now": of a write it is not known whether it was done. */
export const isPassing = (fault: unknown): boolean => {
  const status = statusOf(fault);
  if (status !== undefined && status >= 300) return status >= 500 || status === 408 || status === 429;
  const { name } = Object(fault);
  return name === 'RestError' || name === 'AbortError' || name === 'TimeoutError';
};
