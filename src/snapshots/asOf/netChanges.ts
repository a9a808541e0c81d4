/** What changed from one run to another, whatever happened in between. */
import { type Change, idOf } from '../change.ts';
import { sameState } from '../merge/sameState.ts';
import type { RunChanges } from '../stateStore.ts';

/**
 * One change for each machine that is different at the end: from before the first of its changes to behind the last. Left out are machines
 * that came and went, and those that are as they were. Sorted by id.
 *
 * @param runs all after the one run up to and with the other, newest first
 */
export const netChanges = (runs: readonly RunChanges[]): readonly Change[] => {
  const net = new Map<string, Change>();
  for (const { changes } of runs) {
    for (const change of changes) {
      const id = idOf(change);
      const newer = net.get(id);
      net.set(id, newer ? { before: change.before, after: newer.after } : change);
    }
  }
  return [...net]
    .filter(([, change]) => isDifferent(change))
    .sort(byId)
    .map(([, change]) => change);
};

const isDifferent = ({ before, after }: Change): boolean => {
  if (before && after) return !sameState(before.state, after.state);
  return before !== after;
};

const byId = ([a]: readonly [string, Change], [b]: readonly [string, Change]): number => (a < b ? -1 : 1);
