/**
 * Rows in an order. Those of a big fleet are made when they are looked at and kept by nobody, so that a million of them take no memory; an array is
 * a list as well.
 */
export interface List<T> extends Iterable<T> {
  readonly length: number;
  /** @param place counted from 0 */
  at(place: number): T | undefined;
  slice(from: number, to: number): readonly T[];
}

/** A row for each key, made whenever it is looked at. */
export const listOf = <T>(keys: Uint32Array, make: (key: number) => T): List<T> => ({
  length: keys.length,
  at: (place) => keyed(keys, place, make),
  slice: (from, to) => Array.from(keys.subarray(from, to), make),
  *[Symbol.iterator]() {
    for (const key of keys) yield make(key);
  },
});

const keyed = <T>(keys: Uint32Array, place: number, make: (key: number) => T): T | undefined => {
  const key = keys[place];
  return key === undefined ? undefined : make(key);
};
