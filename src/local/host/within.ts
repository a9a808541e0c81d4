import type { Clock } from '../../clock.ts';

/** Nobody reads it; a reason that is given spares every wait the error, with its trace, that is made up for one that is not. */
const over = 'over';

/**
 * What a promise gives, if it does so in time.
 *
 * @param milliseconds  the most to wait; `undefined` waits without end
 * @returns `late` when the time ran out; the promise itself goes on
 */
export const within = async <T>(
  clock: Clock,
  milliseconds: number | undefined,
  promise: Promise<T>,
): Promise<{ kind: 'inTime'; value: T } | { kind: 'late' }> => {
  const inTime = promise.then((value) => ({ kind: 'inTime' as const, value }));
  if (milliseconds === undefined) return inTime;
  const waiting = new AbortController();
  try {
    return await Promise.race([
      inTime,
      clock.sleep(milliseconds, waiting.signal).then(() => ({ kind: 'late' as const })),
    ]);
  } finally {
    waiting.abort(over);
  }
};
