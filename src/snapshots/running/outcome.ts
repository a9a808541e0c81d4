import type { Run } from '../run.ts';
import type { PhaseEnd } from './parts.ts';

/** How a run ends: reconciled, it is complete; what is not as it should be is said, with both numbers. */
export const outcomeOf = (
  { doubt, counts: { received, duplicates, stored } }: Run,
  end: PhaseEnd,
): Pick<Run, 'outcome' | 'reason'> => {
  if (end.kind === 'failed') return { outcome: 'failed', reason: end.reason };
  if (doubt !== undefined) return { outcome: 'incomplete', reason: doubt };
  if (received - duplicates === stored) return { outcome: 'complete', reason: undefined };
  const reason = `${received} machines were received, ${duplicates} of them twice, but ${stored} are stored`;
  return { outcome: 'incomplete', reason };
};
