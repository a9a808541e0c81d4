/**
 * The fleet as it was: what is kept now, with the changes of later runs undone, newest first. Undoing is absolute (it puts what
 * was before, whatever stands there), so a change that is not yet in what was read, or is undone twice, does no harm.
 */
import { type Change, idOf } from '../change.ts';
import type { KeptState } from '../keptState.ts';
import type { Bucket, RunChanges } from '../stateStore.ts';

/** @param states by id; what it holds is replaced @param changes of one run, or of several with the newest first */
export const undo = (states: Map<string, KeptState>, changes: readonly Change[]): void => {
  for (const change of changes) {
    if (change.before) states.set(change.before.state.id, change.before);
    else states.delete(idOf(change));
  }
};

/**
 * What was kept of a bucket when the run before these had ended; sorted by id. A `missedSince` may be of a later run, or lack: who was
 * missed when is only kept for now.
 *
 * @param bucket read before the changes
 * @param later  all runs since, the newest first; one that is under way too
 */
export const statesAsOf = ({ chunks }: Bucket, later: readonly RunChanges[]): readonly KeptState[] => {
  const now = chunks.flatMap(({ machines }) => machines);
  if (later.every(({ changes }) => changes.length === 0)) return now;
  const states = new Map(now.map((kept) => [kept.state.id, kept]));
  for (const { changes } of later) undo(states, changes);
  return [...states.values()].sort((a, b) => (a.state.id < b.state.id ? -1 : 1));
};
