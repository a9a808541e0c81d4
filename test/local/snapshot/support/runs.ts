import { type WatchedRun, watchedRun } from '../../../../src/local/snapshot/watchedRun.ts';

/** How far a run is that has read 1,200 machines and merged none. */
export const progressWith = (
  told: Partial<NonNullable<WatchedRun['progress']>> = {},
): NonNullable<WatchedRun['progress']> => ({
  lists: { machines: { pages: 2, received: 1200, announced: null, isDone: true } },
  buckets: 64,
  merged: 0,
  told: 0,
  ...told,
});

/** A run as the gateway tells of it; complete unless told otherwise. */
export const runWith = (told: Partial<WatchedRun> = {}): WatchedRun =>
  watchedRun.parse({
    id: '20261121T190000Z',
    source: 'composed',
    state: 'complete',
    reason: null,
    progress: null,
    counts: {
      stored: 1200,
      machines: 1201,
      missed: 1,
      changes: { appeared: 2, vanished: 1, newlyRequiresAttention: 0, resolved: 5, changed: 0 },
      requireAttention: 70,
      attention: { AntivirusNotReporting: 20, RealtimeProtection: 60 },
    },
    cost: { calls: 3, tableTransactions: 95, stagingTransactions: 12, messages: 1, seconds: 2.345 },
    ...told,
  });
