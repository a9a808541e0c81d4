/** Which machine a change is about. */
import type { Change } from '../change.ts';

/** The machine's id. @throws Error for a change without either side, which is none */
export const idOf = ({ before, after }: Change): string => {
  const kept = after ?? before;
  if (!kept) throw new Error('A change has neither a state before nor one after: there is no machine that it is about');
  return kept.state.id;
};
