/** Counts what stands in a bucket, machine by machine, and what changed in it, by kind. */
import type { Change, ChangeKind } from '../change.ts';
import type { KeptState } from '../keptState.ts';
import { kindOf } from './kindOf.ts';
import type { BucketTally } from './merge.ts';

export interface Counting {
  add(machines: readonly KeptState[]): void;
  counted(): Omit<BucketTally, 'stored' | 'changes'>;
}

/** Machines that were missed count as the others do. */
export const createCounting = (): Counting => {
  const attention = new Map<string, number>();
  const counts = { machines: 0, missed: 0, requireAttention: 0 };
  return {
    add(machines) {
      counts.machines += machines.length;
      for (const { state, missedSince } of machines) {
        if (missedSince !== undefined) counts.missed += 1;
        if (state.propertiesRequireAttention.length > 0) counts.requireAttention += 1;
        for (const property of state.propertiesRequireAttention) {
          attention.set(property, (attention.get(property) ?? 0) + 1);
        }
      }
    },
    counted: () => ({ ...counts, attention: Object.fromEntries(attention) }),
  };
};

type ByKind = Readonly<Record<ChangeKind, number>>;

export const plusChanges = (soFar: ByKind, changes: readonly Change[]): ByKind => {
  if (changes.length === 0) return soFar;
  const sum = { ...soFar };
  for (const change of changes) sum[kindOf(change)] += 1;
  return sum;
};
