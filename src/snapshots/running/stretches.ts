/** Buckets that are worked on together, so that a small fleet costs little time and a big one little memory. */
export interface Stretch {
  readonly from: number;
  /** Not this one. */
  readonly to: number;
}

/** Of a stretch, where a bucket alone does not have more. */
const machinesInStretch = 4_000;
/** In all stretches that are under way: some 4 KB of memory each. */
const machinesAtOnce = 16_000;

/** @param from the first bucket that is to be worked on */
export const stretchesOf = (from: number, buckets: number, machines: number): readonly Stretch[] => {
  const size = sizeOf(buckets, machines);
  return Array.from({ length: Math.ceil((buckets - from) / size) }, (_, i) => ({
    from: from + i * size,
    to: Math.min(buckets, from + (i + 1) * size),
  }));
};

/** Enough that the service is not waited for, few enough that memory stays flat. */
export const stretchesAtOnce = (buckets: number, machines: number): number => {
  const inStretch = sizeOf(buckets, machines) * perBucket(buckets, machines);
  return Math.max(1, Math.min(4, Math.floor(machinesAtOnce / inStretch)));
};

const sizeOf = (buckets: number, machines: number): number =>
  Math.max(1, Math.min(Math.ceil(buckets / 4), Math.floor(machinesInStretch / perBucket(buckets, machines))));

const perBucket = (buckets: number, machines: number): number => Math.max(1, machines / buckets);
