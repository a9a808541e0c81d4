import type { Clock } from '../clock.ts';

/**
 * What `make` gives, made once for all who ask meanwhile and kept for a while after. What fails is told to all who wait, and not kept.
 *
 * @param forMs milliseconds
 */
export const keptFor = <T>(
  clock: Pick<Clock, 'monotonic'>,
  forMs: number,
  make: () => Promise<T>,
): (() => Promise<T>) => {
  let kept: { readonly value: T; readonly until: number } | undefined;
  let making: Promise<T> | undefined;
  const made = async (): Promise<T> => {
    try {
      const value = await make();
      kept = { value, until: clock.monotonic() + forMs };
      return value;
    } finally {
      making = undefined;
    }
  };
  return () => {
    if (kept && clock.monotonic() < kept.until) return Promise.resolve(kept.value);
    making ??= made();
    return making;
  };
};
