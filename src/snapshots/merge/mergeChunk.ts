/** What a run makes of the machines in the range of one chunk: two sorted lists, walked side by side. */
import type { Change } from '../change.ts';
import type { KeptState } from '../keptState.ts';
import type { RunId } from '../runId.ts';
import type { SecurityState } from '../securityState.ts';
import { firstSeen, missedBy, seenAgain } from './mergeMachine.ts';

export interface MergeRules {
  readonly run: RunId;
  readonly countsMisses: boolean;
  /** Machines that appear are no changes. */
  readonly isFirst: boolean;
  /** Ids up to this one are done by the same run, and stay as they are; '' when none are. */
  readonly done: string;
}

export interface MergedChunk {
  /** Sorted by id. */
  readonly machines: readonly KeptState[];
  readonly changes: readonly Change[];
  /** Whether the machines are different from what was kept in any way, such as being missed. */
  readonly isDifferent: boolean;
}

/** @param seen of the chunk's range, those that are done left out; sorted by id, as `kept` is */
export const mergeChunk = (
  kept: readonly KeptState[],
  seen: readonly SecurityState[],
  rules: MergeRules,
): MergedChunk => {
  const merging = { machines: [], changes: [], isDifferent: false, isFirst: rules.isFirst };
  let at = 0;
  for (const before of kept) {
    const { id } = before.state;
    let next = seen[at];
    for (; next && next.id < id; next = seen[at]) {
      take(merging, undefined, firstSeen(next, rules.run));
      at += 1;
    }
    if (next?.id === id) {
      take(merging, before, seenAgain(before, next, rules.run));
      at += 1;
    } else take(merging, before, notSeen(before, rules));
  }
  for (; at < seen.length; at += 1) {
    const next = seen[at];
    if (next) take(merging, undefined, firstSeen(next, rules.run));
  }
  return merging;
};

const notSeen = (kept: KeptState, { run, countsMisses, done }: MergeRules): KeptState | undefined =>
  countsMisses && kept.state.id > done ? missedBy(kept, run) : kept;

interface Merging {
  readonly machines: KeptState[];
  readonly changes: Change[];
  isDifferent: boolean;
  readonly isFirst: boolean;
}

const take = (merging: Merging, before: KeptState | undefined, after: KeptState | undefined): void => {
  if (after) merging.machines.push(after);
  if (after === before) return;
  merging.isDifferent = true;
  if (before?.state === after?.state || (!before && merging.isFirst)) return;
  merging.changes.push({ ...(before && { before }), ...(after && { after }) });
};
