/** One timer: waits until this host has its lease, then for each instant of its schedule, as long as the lease is kept. */
import type { Clock } from '../../../clock.ts';
import type { Log } from '../../../log.ts';
import { saying } from '../triggers/storageFault.ts';
import type { ListenerLease } from './listenerLease.ts';
import type { Timer } from './timer.ts';
import type { TimerRuns } from './timerRuns.ts';

export interface ListenOptions {
  readonly timer: Timer;
  readonly runs: TimerRuns;
  readonly lease: ListenerLease;
  /** Milliseconds to the next try when the storage failed. */
  readonly retryMs: number;
  readonly clock: Clock;
  readonly log: Log;
  /** Ends it. */
  readonly stopping: AbortSignal;
}

/** So that a clock that was set, or a machine that slept, is noticed. */
const longestSleepMs = 60_000;

/** Listens until it is stopped; then resolves when the run under way is over. Never rejects. */
export const listenTimer = async (options: ListenOptions): Promise<void> => {
  const { timer, lease, retryMs, clock, log, stopping } = options;
  for (let runsOnStartup = timer.runOnStartup; ; runsOnStartup = false) {
    const held = await lease.acquire(stopping);
    if (!held) return;
    try {
      await mind(options, runsOnStartup, AbortSignal.any([stopping, held.lost]));
    } catch (error) {
      log.error('a timer cannot read its status', { functionName: timer.functionName, said: saying(error) });
      await clock.sleep(retryMs, stopping);
    } finally {
      await held.release();
    }
  }
};

const mind = async ({ runs, clock }: ListenOptions, runsOnStartup: boolean, ended: AbortSignal): Promise<void> => {
  const starting = await runs.read();
  let { status } = starting;
  if (starting.isPastDue || runsOnStartup) status = await runs.run(status, starting.isPastDue, ended);
  while (!ended.aborted) {
    await sleepUntil(status.next, clock, ended);
    status = await runs.run(status, false, ended);
  }
};

const sleepUntil = async (at: number, clock: Clock, ended: AbortSignal): Promise<void> => {
  for (let left = at - clock.wall(); left > 0 && !ended.aborted; left = at - clock.wall()) {
    await clock.sleep(Math.min(left, longestSleepMs), ended);
  }
};
