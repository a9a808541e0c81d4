/** Buckets that are read together, so that a small fleet costs few transactions and a big one little memory. */
export interface Stretch {
  readonly from: number;
  /** Not this one. */
  readonly to: number;
}

const machinesAtOnce = 8_000;

/** @param from the first bucket that is not merged yet */
export const stretchesOf = (from: number, buckets: number, machines: number): readonly Stretch[] => {
  const perBucket = Math.max(1, machines / buckets);
  const size = Math.max(1, Math.min(Math.ceil(buckets / 4), Math.floor(machinesAtOnce / perBucket)));
  return Array.from({ length: Math.ceil((buckets - from) / size) }, (_, i) => ({
    from: from + i * size,
    to: Math.min(buckets, from + (i + 1) * size),
  }));
};
