import { type ListProgress, noCost, noCounts, type Run, type RunCounts } from '../../../src/snapshots/run.ts';

/** How far a list is that was read to its end, nothing of it missing: two pages, a line in each of two buckets. */
export const listRead = (changed: Partial<ListProgress> = {}): ListProgress => ({
  isDone: true,
  pages: [1, 1],
  received: 2,
  staged: [1, 1],
  slips: 0,
  ...changed,
});

/** A run of which a test says what it looks at. */
export const runWith = ({
  counts,
  ...changed
}: Omit<Partial<Run>, 'counts'> & { readonly counts?: Partial<RunCounts> } = {}): Run => ({
  id: '20261121T190000Z',
  startedAt: '2026-11-21T19:00:00Z',
  source: 'composed',
  phase: 'telling',
  sourceChanged: false,
  lists: {},
  merged: 0,
  told: 0,
  counts: { ...noCounts, ...counts },
  cost: noCost,
  overdue: 0,
  ...changed,
});
