import type { RunId } from '../runId.ts';
import type { RunIndex } from '../runIndex.ts';
import { type OldRun, oldRun } from './floor.ts';

/** Rows of runs are some KiB each. */
const pageSize = 200;

/** All runs before one, newest first. */
export const oldRuns = async (index: Pick<RunIndex, 'list'>, before: RunId): Promise<readonly OldRun[]> => {
  const found: OldRun[] = [];
  for (let from = before; ; ) {
    const page = await index.list({ before: from, top: pageSize });
    found.push(...page.map(oldRun));
    const last = page.at(-1);
    if (!last || page.length < pageSize) return found;
    from = last.id;
  }
};
