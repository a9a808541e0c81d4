import type { Run } from '../run.ts';

/** What is known when a page is given. */
export interface Known {
  /** States given in this walk, this page's among them. */
  readonly given: number;
  readonly hasMore: boolean;
  /** The last run that is stored. */
  readonly run: Run | undefined;
}

/**
 * `@odata.count`, which the documented shape has on every page: the number of all states. Nothing that Defender documents tells it, so it is
 * exact on the last page of a walk, and so for a fleet of one page; before that it is what the last snapshot counted, or where
 * there is none, or it counted fewer than there are, the least there can be. The caller is told which.
 */
export const wholeCount = ({ given, hasMore, run }: Known): { readonly count: number; readonly warning?: string } => {
  if (!hasMore) return { count: given };
  const counted = run?.counts.machines ?? 0;
  if (run && counted > given)
    return { count: counted, warning: `@odata.count is that of the snapshot of ${run.startedAt}.` };
  return {
    count: given + 1,
    warning: '@odata.count is the least there can be: nobody has counted these machines yet.',
  };
};
