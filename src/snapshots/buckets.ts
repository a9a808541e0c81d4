/**
 * Machines are kept in buckets, by the first digits of their ids: a bucket is a partition of the table, and what is merged in one go.
 * Ids are hashes, so buckets fill evenly; of ids that are none, the characters decide.
 */

/** Enough for a million machines: 16,000 in each. What is stored stands where this number says: it can't be changed. */
export const usualBuckets = 64;

/** 0 to `buckets` - 1; for hexadecimal ids in the order of the ids. @param buckets a power of two, at most 256 */
export const bucketOf = (id: string, buckets: number): number => {
  const high = digitAt(id, 0);
  const low = digitAt(id, 1);
  return Math.floor(((high * 16 + low) * buckets) / 256);
};

const digitAt = (id: string, at: number): number => {
  const code = id.charCodeAt(at);
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  if (code >= 0x61 && code <= 0x66) return code - 0x57;
  return Number.isNaN(code) ? 0 : code % 16;
};
