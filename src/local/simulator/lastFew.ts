/** What was made last, kept for when it is asked for again. */
export interface LastFew<K, V> {
  of(key: K): V | undefined;
  keep(key: K, value: V): V;
}

/** @param most values kept; what was asked for longest ago is forgotten first */
export const lastFew = <K, V extends object | string>(most: number): LastFew<K, V> => {
  const kept = new Map<K, V>();
  const keep = (key: K, value: V): V => {
    kept.delete(key);
    kept.set(key, value);
    const [oldest] = kept.keys();
    if (kept.size > most && oldest !== undefined) kept.delete(oldest);
    return value;
  };
  return {
    of(key) {
      const value = kept.get(key);
      return value === undefined ? undefined : keep(key, value);
    },
    keep,
  };
};
