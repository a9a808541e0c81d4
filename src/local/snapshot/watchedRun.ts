import * as z from 'zod';
import { changeKinds } from '../../snapshots/change.ts';

const count = z.number();

const list = z.object({ isDone: z.boolean(), pages: count, received: count, announced: count.nullable() });

/** A run as `/gateway/snapshots/{run}` tells of it: what of that is shown here. */
export const watchedRun = z.object({
  id: z.string(),
  state: z.enum(['collecting', 'merging', 'telling', 'complete', 'incomplete', 'failed']),
  reason: z.string().nullable(),
  source: z.string(),
  /** null when it is over. */
  progress: z.object({ lists: z.record(z.string(), list), buckets: count, merged: count, told: count }).nullable(),
  counts: z.object({
    stored: count,
    machines: count,
    missed: count,
    changes: z.record(z.enum(changeKinds), count),
    requireAttention: count,
    attention: z.record(z.string(), count),
  }),
  cost: z.object({
    calls: count,
    tableTransactions: count,
    stagingTransactions: count,
    messages: count,
    seconds: count,
  }),
});

export type WatchedRun = z.infer<typeof watchedRun>;

export const watchedRuns = z.object({ value: z.array(watchedRun) });

export const isOver = ({ progress }: WatchedRun): boolean => progress === null;
