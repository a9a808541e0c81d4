import { type WatchedRun, watchedRun } from '../../../../src/local/snapshot/watchedRun.ts';

/** A run as the gateway tells of it; complete unless told otherwise. */
export const runWith = (told: Partial<WatchedRun> = {}): WatchedRun =>
  watchedRun.parse({
    id: '20261121T190000Z',
    source: 'composed',
    phase: 'finished',
    outcome: 'complete',
    lists: {
      machines: { pages: 2, received: 1200, isDone: true },
      antivirus: { pages: 1, received: 900, isDone: true },
    },
    merged: 64,
    told: 64,
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
