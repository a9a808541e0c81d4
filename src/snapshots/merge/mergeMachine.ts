/**
 * What a run makes of one machine. What comes back is the very object that was kept where nothing is different, and holds the very state where only
 * `missedSince` is: by that a change is told from none.
 */
import type { KeptState } from '../keptState.ts';
import type { RunId } from '../runId.ts';
import type { SecurityState } from '../securityState.ts';
import { sameState } from './sameState.ts';

/** A machine that was not kept. */
export const firstSeen = (state: SecurityState, run: RunId): KeptState => ({
  state,
  appeared: run,
  since: run,
  attentionSince: state.propertiesRequireAttention.map(() => run),
});

/** A machine that is kept, and was seen. What is the same but written differently stays as it is kept. */
export const seenAgain = (kept: KeptState, state: SecurityState, run: RunId): KeptState => {
  if (!sameState(kept.state, state)) return changedTo(kept, state, run);
  if (kept.missedSince === undefined) return kept;
  const { missedSince: _, ...found } = kept;
  return found;
};

const changedTo = (kept: KeptState, state: SecurityState, run: RunId): KeptState => ({
  state,
  appeared: kept.appeared,
  since: run,
  attentionSince: state.propertiesRequireAttention.map((property) => attentionSince(kept, property) ?? run),
});

const attentionSince = ({ state, attentionSince }: KeptState, property: string): RunId | undefined =>
  attentionSince[state.propertiesRequireAttention.indexOf(property)];

/** A machine that is kept, and that a complete run did not see. @returns undefined where an earlier one missed it already: it has vanished */
export const missedBy = (kept: KeptState, run: RunId): KeptState | undefined => {
  if (kept.missedSince === undefined) return { ...kept, missedSince: run };
  return kept.missedSince === run ? kept : undefined;
};
