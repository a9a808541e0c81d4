import type { Run } from '../run.ts';
import type { PhaseEnd } from './parts.ts';

/** How a run ends: reconciled, it is complete; what is not as it should be is said, with both numbers. */
export const outcomeOf = (
  { phase, doubt, counts: { received, duplicates, stored } }: Run,
  end: PhaseEnd,
): Pick<Run, 'outcome' | 'reason'> => {
  // Of a run that was given up while it merged, some is stored.
  if (end.kind === 'failed') return { outcome: phase === 'collecting' ? 'failed' : 'incomplete', reason: end.reason };
  if (doubt !== undefined) return { outcome: 'incomplete', reason: doubt };
  if (received - duplicates === stored) return { outcome: 'complete', reason: undefined };
  const reason = `${received} machines were received, ${duplicates} of them twice, but ${stored} are stored`;
  return { outcome: 'incomplete', reason };
};

/** A run that could not come to its end for so long is given up: what it began with is too old, and the next ones wait for it. */
const giveUpMs = 24 * 3600 * 1000;

/** @param at milliseconds since 1970 */
export const isTooOld = ({ startedAt }: Run, at: number): boolean => at - Date.parse(startedAt) > giveUpMs;
