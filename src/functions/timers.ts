/** What the clock triggers. What is under way goes on wherever it stopped, so ticks that come late, twice or at once do no harm. */
import type { TimerHandler } from '@azure/functions';
import type { Sweeping } from '../enrichment/sweeping/createSweeping.ts';
import type { Pruning } from '../snapshots/pruning/pruning.ts';
import type { Snapshots } from '../snapshots/running/snapshots.ts';
import type { TimerName } from './triggers.ts';

export interface TimerServices {
  readonly runs: Snapshots;
  readonly pruning: Pruning;
  readonly sweeping: Sweeping;
}

export const timers = ({ runs, pruning, sweeping }: TimerServices): Readonly<Record<TimerName, TimerHandler>> => ({
  async snapshotSecurityStates() {
    await runs.tick();
  },
  async resumeSnapshot() {
    await runs.resume();
  },
  async pruneSnapshots() {
    await pruning.prune();
  },
  async sweepAlerts() {
    await sweeping.sweep();
  },
});
