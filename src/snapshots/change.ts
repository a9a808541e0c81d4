/** What a run found changed about one machine, as it was before and as it is from then on; one of the two may be missing. */
import type { KeptState } from './keptState.ts';

export interface Change {
  readonly before?: KeptState | undefined;
  readonly after?: KeptState | undefined;
}

/** Which machine a change is about. @throws Error for a change without either side, which is none */
export const idOf = ({ before, after }: Change): string => {
  const kept = after ?? before;
  if (!kept) throw new Error('A change has neither a state before nor one after: there is no machine that it is about');
  return kept.state.id;
};

export const changeKinds = ['appeared', 'vanished', 'newlyRequiresAttention', 'resolved', 'changed'] as const;

/**
 * - `newlyRequiresAttention`: at least one property requires attention that did not before
 * - `resolved`: at least one does no longer, and none is new
 * - `changed`: something else is different, such as the build
 */
export type ChangeKind = (typeof changeKinds)[number];
