/** Security states and what is kept of them, for tests: name what matters, the rest is usual. */
import type { KeptState } from '../../../src/snapshots/keptState.ts';
import type { RunId } from '../../../src/snapshots/runId.ts';
import { runIdAt } from '../../../src/snapshots/runId.ts';
import type { SecurityState } from '../../../src/snapshots/securityState.ts';

/** The name of the nth run of an hourly schedule. */
export const hourlyRun = (hour: number): RunId => runIdAt(Date.UTC(2026, 10, 1) + hour * 3_600_000);

/** A state in which nothing requires attention. */
export const stateOf = (id: string, other: Partial<SecurityState> = {}): SecurityState => ({
  id,
  build: 14393,
  revision: 2485,
  architecture: 'Amd64',
  osVersion: '10.0.14393.2485',
  propertiesRequireAttention: [],
  ...other,
});

/** As a run that saw it first keeps it. */
export const keptOf = (state: SecurityState, run: RunId, other: Partial<KeptState> = {}): KeptState => ({
  state,
  appeared: run,
  since: run,
  attentionSince: state.propertiesRequireAttention.map(() => run),
  ...other,
});
