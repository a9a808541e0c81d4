/** The buckets of a page by quarters: each is a partition of the staging table, so that a page is four transactions that can go at once. */

const most = 4;

export const quartersOf = (buckets: number): number => Math.min(most, buckets);

export const quarterOf = (bucket: number, buckets: number): number =>
  Math.floor((bucket * quartersOf(buckets)) / buckets);

/** The buckets of each quarter, from one to before another. */
export const bucketsByQuarter = (buckets: number): readonly (readonly number[])[] =>
  Array.from({ length: quartersOf(buckets) }, (_, quarter) =>
    Array.from({ length: buckets }, (_, bucket) => bucket).filter((bucket) => quarterOf(bucket, buckets) === quarter),
  );
