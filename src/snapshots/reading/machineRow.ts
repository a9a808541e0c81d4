/** A machine as it is told of: its state as documented ("Get Machines security states collection API"), and since when that is so. */
import type { KeptState } from '../keptState.ts';
import { startOf } from '../runId.ts';
import type { SecurityState } from '../securityState.ts';

/** Instants are those at which runs began, in UTC. */
export interface MachineRow extends SecurityState {
  readonly since: string;
  /** For each of `propertiesRequireAttention`, since when without a break. */
  readonly attentionSince: Readonly<Record<string, string>>;
  readonly appeared: string;
  /** null where the last complete run saw it. */
  readonly missedSince: string | null;
}

export const machineRow = ({ state, since, attentionSince, appeared, missedSince }: KeptState): MachineRow => ({
  ...state,
  since: startOf(since),
  attentionSince: Object.fromEntries(
    state.propertiesRequireAttention.map((property, at) => [property, startOf(attentionSince[at] ?? since)]),
  ),
  appeared: startOf(appeared),
  missedSince: missedSince === undefined ? null : startOf(missedSince),
});
