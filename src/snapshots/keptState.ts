/** What is kept of a machine: its state, and since when that is so. */
import type { RunId } from './runId.ts';
import type { SecurityState } from './securityState.ts';

export interface KeptState {
  readonly state: SecurityState;
  /** The run that first saw the machine, or saw it again after it had vanished. */
  readonly appeared: RunId;
  /** The run that first saw it in this state. */
  readonly since: RunId;
  /** For each of `propertiesRequireAttention`, the run since which it has required attention without a break. */
  readonly attentionSince: readonly RunId[];
  /** The complete run that was the first to miss it; only where the last complete run missed it. */
  readonly missedSince?: RunId | undefined;
}
