import { changeKinds } from '../change.ts';
import type { BucketTally } from '../merge/merge.ts';
import type { RunCounts } from '../run.ts';

/** The counts of a run with those of some more buckets. */
export const withTallies = (counts: RunCounts, tallies: readonly BucketTally[], duplicates: number): RunCounts =>
  tallies.reduce(withTally, { ...counts, duplicates: counts.duplicates + duplicates });

const withTally = (counts: RunCounts, tally: BucketTally): RunCounts => ({
  ...counts,
  stored: counts.stored + tally.stored,
  machines: counts.machines + tally.machines,
  missed: counts.missed + tally.missed,
  changes: sums(changeKinds, counts.changes, tally.changes),
  requireAttention: counts.requireAttention + tally.requireAttention,
  attention: sums(
    [...new Set([...Object.keys(counts.attention), ...Object.keys(tally.attention)])].sort(),
    counts.attention,
    tally.attention,
  ),
});

const sums = <K extends string>(
  names: readonly K[],
  a: Readonly<Partial<Record<K, number>>>,
  b: Readonly<Partial<Record<K, number>>>,
): Record<K, number> =>
  Object.fromEntries(names.map((name) => [name, (a[name] ?? 0) + (b[name] ?? 0)])) as Record<K, number>;
