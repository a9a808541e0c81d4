import type { Clock } from '../clock.ts';

/** @param anew none that was begun before will do */
export type Kept<T> = (anew?: boolean) => Promise<T>;

/**
 * What `make` gives, made once for all who ask meanwhile and kept for a while after; one at a time. What fails is told to all who wait, and not
 * kept.
 *
 * @param forMs milliseconds
 */
export const keptFor = <T>(clock: Pick<Clock, 'monotonic'>, forMs: number, make: () => Promise<T>): Kept<T> => {
  let kept: { readonly value: T; readonly until: number } | undefined;
  let making: Promise<T> | undefined;
  let next: Promise<T> | undefined;
  const made = async (): Promise<T> => {
    try {
      const value = await make();
      kept = { value, until: clock.monotonic() + forMs };
      return value;
    } finally {
      making = undefined;
    }
  };
  const begun = (): Promise<T> => {
    making ??= made();
    return making;
  };
  const after = async (before: Promise<T>): Promise<T> => {
    await before.catch(() => undefined);
    next = undefined;
    return begun();
  };
  return (anew = false) => {
    if (!anew && kept && clock.monotonic() < kept.until) return Promise.resolve(kept.value);
    if (!anew || making === undefined) return begun();
    next ??= after(making);
    return next;
  };
};
