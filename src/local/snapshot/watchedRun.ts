import * as z from 'zod';
import { changeKinds } from '../../snapshots/change.ts';

const count = z.number();
const counts = z.record(z.string(), count);

/** A run as `/gateway/snapshots/{run}` tells of it: what of that is shown here. */
export const watchedRun = z.object({
  id: z.string(),
  source: z.string(),
  phase: z.enum(['collecting', 'merging', 'telling', 'finished']),
  outcome: z.string().nullish(),
  reason: z.string().nullish(),
  lists: z.record(
    z.string(),
    z.object({ pages: count, received: count, announced: count.optional(), isDone: z.boolean() }),
  ),
  merged: count,
  told: count,
  counts: z.object({
    stored: count,
    machines: count,
    missed: count,
    changes: z.record(z.enum(changeKinds), count),
    requireAttention: count,
    attention: counts,
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
