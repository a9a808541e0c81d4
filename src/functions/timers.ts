/** What the clock triggers. What is under way goes on wherever it stopped, so ticks that come late, twice or at once do no harm. */
import type { TimerHandler } from '@azure/functions';
import type { Sweeping } from '../enrichment/sweeping/createSweeping.ts';
import type { OperationSweeping } from '../operations/sweeping/operationSweeping.ts';
import type { Pruning } from '../snapshots/pruning/pruning.ts';
import type { Snapshots } from '../snapshots/running/snapshots.ts';
import { tracedRun } from './traced.ts';
import type { TimerName } from './triggers.ts';

export interface TimerServices {
  readonly runs: Snapshots;
  readonly pruning: Pruning;
  readonly sweeping: Sweeping;
  readonly operationSweeping: OperationSweeping;
}

export const timers = ({
  runs,
  pruning,
  sweeping,
  operationSweeping,
}: TimerServices): Readonly<Record<TimerName, TimerHandler>> => ({
  snapshotSecurityStates: tick(() => runs.tick()),
  resumeSnapshot: tick(() => runs.resume()),
  pruneSnapshots: tick(() => pruning.prune()),
  sweepAlerts: tick(() => sweeping.sweep()),
  sweepOperations: tick(() => operationSweeping.sweep()),
});

const tick =
  (act: () => Promise<unknown>): TimerHandler =>
  async (_, context) => {
    await tracedRun(context, act);
  };
