import type { Clock } from '../clock.ts';

export interface Kept<T> {
  /** @param anew none that was begun before will do: it waits for its turn */
  get(anew?: boolean): Promise<T>;
  /** What is there already; nothing is begun. */
  kept(): T | undefined;
}

export interface KeepingOptions {
  /** Milliseconds. */
  readonly forMs: number;
  /** Milliseconds from one beginning to the next, however often it is asked for anew. */
  readonly apartMs: number;
}

/**
 * What `make` gives, made once for all who ask meanwhile and kept for a while after; one at a time. What fails is told to all who wait, and not
 * kept.
 */
export const keptFor = <T>(
  clock: Pick<Clock, 'monotonic' | 'sleep'>,
  { forMs, apartMs }: KeepingOptions,
  make: () => Promise<T>,
): Kept<T> => {
  let kept: { readonly value: T; readonly until: number } | undefined;
  let making: Promise<T> | undefined;
  let next: Promise<T> | undefined;
  let mayBeginAt = Number.NEGATIVE_INFINITY;
  const made = async (): Promise<T> => {
    mayBeginAt = clock.monotonic() + apartMs;
    try {
      const value = await make();
      kept = { value, until: clock.monotonic() + forMs };
      return value;
    } finally {
      making = undefined;
    }
  };
  const inTurn = async (): Promise<T> => {
    await making?.catch(() => undefined);
    const early = mayBeginAt - clock.monotonic();
    if (early > 0) await clock.sleep(early);
    next = undefined;
    making = made();
    return making;
  };
  const good = () => (kept && clock.monotonic() < kept.until ? kept : undefined);
  return {
    kept: () => good()?.value,
    get(anew = false) {
      const there = anew ? undefined : good();
      if (there) return Promise.resolve(there.value);
      if (!anew && making !== undefined) return making;
      next ??= inTurn();
      return next;
    },
  };
};
