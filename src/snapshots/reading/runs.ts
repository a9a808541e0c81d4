/** The runs, and one of them. */

import { instantOfRun } from '../runId.ts';
import type { RunIndex } from '../runIndex.ts';
import { lostPlace, type Refusal } from './refusal.ts';
import { createRunFinder, type Index } from './runFinder.ts';
import { type RunRow, runRow } from './runRow.ts';

export interface RunsQuestion {
  readonly position?: string | undefined;
  /** At most 1,000. */
  readonly top: number;
}

export interface RunsPage {
  readonly kind: 'page';
  readonly rows: readonly RunRow[];
  readonly next: string | undefined;
}

/** Newest first, one that is under way too. */
export const readRuns = async (
  { index, buckets }: { readonly index: Pick<RunIndex, 'list'>; readonly buckets: number },
  { position, top }: RunsQuestion,
): Promise<RunsPage | Refusal> => {
  if (position !== undefined && instantOfRun(position) === undefined) return lostPlace();
  const runs = await index.list({ before: position, top });
  const rows = runs.map((run) => runRow(run, buckets));
  const last = runs.at(-1)?.id;
  const isEnd = runs.length < top || last === undefined || (await index.list({ before: last, top: 1 })).length === 0;
  return { kind: 'page', rows, next: isEnd ? undefined : last };
};

export const readRun = async (
  { index, buckets }: { readonly index: Index; readonly buckets: number },
  name: string,
): Promise<{ readonly kind: 'run'; readonly row: RunRow } | Refusal> => {
  const found = await createRunFinder(index).named(name);
  return found.kind === 'refused' ? found : { kind: 'run', row: runRow(found.run, buckets) };
};
