import type { Clock } from '../../clock.ts';

/** What changes seldom and costs a transaction to read. */
export interface Lately<T> {
  /** As of a minute ago at most; who asks while it is read waits for the same reading. */
  get(): Promise<T>;
  /** It is known to be so now. */
  set(value: T): void;
}

const knownForMs = 60_000;

/** @param read must not reject */
export const lately = <T>(read: () => Promise<T>, clock: Pick<Clock, 'monotonic'>): Lately<T> => {
  let known: { readonly value: Promise<T>; readonly until: number } | undefined;
  const keep = (value: Promise<T>): Promise<T> => {
    known = { value, until: clock.monotonic() + knownForMs };
    return value;
  };
  return {
    get: () => (known && clock.monotonic() < known.until ? known.value : keep(read())),
    set: (value) => void keep(Promise.resolve(value)),
  };
};
