/** A run as it is told of: what it found and what it cost, and while it is under way, how far it is. */
import type { ListName, ListProgress, Run } from '../run.ts';

export interface RunRow
  extends Pick<Run, 'id' | 'startedAt' | 'source' | 'sourceChanged' | 'counts' | 'cost' | 'overdue'> {
  readonly finishedAt: string | null;
  /** Only the states of `complete` and `incomplete` ones can be read. */
  readonly state: 'collecting' | 'merging' | 'telling' | 'complete' | 'incomplete' | 'failed';
  /** Why it is incomplete or failed, or what it waits for. */
  readonly reason: string | null;
  /** Why it was given up to tell what changed: then the queue has not all of it, and the states are stored nonetheless. */
  readonly untold: string | null;
  /** The last run before it whose states are stored. */
  readonly previous: string | null;
  /** null when it is over. */
  readonly progress: RunProgress | null;
}

export interface RunProgress {
  readonly lists: Readonly<Partial<Record<ListName, ListRow>>>;
  readonly buckets: number;
  /** Buckets whose states are stored. */
  readonly merged: number;
  /** Buckets whose changes are told. */
  readonly told: number;
}

export interface ListRow {
  readonly isDone: boolean;
  readonly pages: number;
  readonly received: number;
  /** What the upstream says that there are; null where it does not. */
  readonly announced: number | null;
  readonly slips: number;
}

export const runRow = (run: Run, buckets: number): RunRow => ({
  id: run.id,
  startedAt: run.startedAt,
  finishedAt: run.finishedAt ?? null,
  state: run.phase === 'finished' ? (run.outcome ?? 'failed') : run.phase,
  reason: run.reason ?? run.doubt ?? null,
  untold: run.untold ?? null,
  source: run.source,
  sourceChanged: run.sourceChanged,
  previous: run.previous ?? null,
  counts: run.counts,
  cost: run.cost,
  overdue: run.overdue,
  progress: run.phase === 'finished' ? null : progressOf(run, buckets),
});

const progressOf = ({ lists, merged, told }: Run, buckets: number): RunProgress => ({
  lists: Object.fromEntries(Object.entries(lists).map(([name, list]) => [name, listRow(list)])),
  buckets,
  merged,
  told,
});

const listRow = ({ isDone, pages, received, announced, slips }: ListProgress): ListRow => ({
  isDone,
  pages: pages.length,
  received,
  announced: announced ?? null,
  slips,
});
