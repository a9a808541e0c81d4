/** Whether a run can say of a machine that it did not see that it is not there. */

import { linesIn } from '../lines.ts';
import type { ListName, ListProgress, Run } from '../run.ts';
import type { StagedCount, StagedRows } from '../staging.ts';

/** @param before machines that the run before stored @returns why something may be missing; undefined where all was received */
export const whyNotWhole = ({ lists }: Run, before: number): string | undefined => {
  for (const [name, { slips, announced, received }] of Object.entries(lists)) {
    if (slips > 0)
      return `the list of ${name} moved between two pages further than they overlap (${slips} times): rows may be missing`;
    if (announced !== undefined && received < announced) return `${received} of ${announced} ${name} were received`;
  }
  const unreadable = unreadableIn(machinesOf(lists));
  if (unreadable > 0) return `${unreadable} of the machines that were listed can't be read, for they have no id`;
  if (before > 0 && machinesOf(lists)?.received === 0) return `no machine was listed, where there were ${before}`;
  return undefined;
};

/** Lists that moved so far between two pages that rows may be missing. */
export const slippedLists = ({ lists }: Run): readonly ListName[] =>
  (Object.keys(lists) as ListName[]).filter((name) => (lists[name]?.slips ?? 0) > 0);

/** The list that names the machines. */
export const machinesOf = (lists: Run['lists']): ListProgress | undefined => lists.machines ?? lists.states;

const unreadableIn = (machines: ListProgress | undefined): number =>
  machines === undefined ? 0 : machines.received - machines.staged.reduce((sum, lines) => sum + lines, 0);

/** Of what was read for a bucket, what this run's pages hold, in their order; fewer lines than were staged mean that some were lost. */
export const stagedOf = (
  progress: ListProgress | undefined,
  read: readonly StagedRows[],
  bucket: number,
): { readonly pages: readonly string[]; readonly lost: number } => {
  const own = read.filter((rows) => rows.bucket === bucket && progress?.pages[rows.page] === rows.epoch);
  const pages = own.sort((a, b) => a.page - b.page).map(({ rows }) => rows);
  const lines = pages.reduce((sum, rows) => sum + linesIn(rows), 0);
  return { pages, lost: (progress?.staged[bucket] ?? 0) - lines };
};

/** Lines that were staged, and are not there, or were overwritten by a process whose lease was over. */
export const lostOf = (progress: ListProgress | undefined, counts: readonly StagedCount[]): number => {
  const found = new Map<number, number>();
  for (const { bucket, page, epoch, lines } of counts) {
    if (progress?.pages[page] === epoch) found.set(bucket, (found.get(bucket) ?? 0) + lines);
  }
  return (progress?.staged ?? []).reduce(
    (lost, lines, bucket) => lost + Math.max(0, lines - (found.get(bucket) ?? 0)),
    0,
  );
};
