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
  Object.fromEntries(names.map((name) => [name, own(a, name) + own(b, name)])) as Record<K, number>;

/** A property may be named as something that every object has. */
const own = <K extends string>(counts: Readonly<Partial<Record<K, number>>>, name: K): number =>
  Object.hasOwn(counts, name) ? (counts[name] ?? 0) : 0;
