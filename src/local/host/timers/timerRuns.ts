/** The runs of one timer in this host, one at a time, and the status that each leaves behind. */
import type { Clock } from '../../../clock.ts';
import type { Log } from '../../../log.ts';
import type { InvocationResult, Invoker } from '../invoker.ts';
import { saying } from '../triggers/storageFault.ts';
import { invokeWithRetries } from './invokeWithRetries.ts';
import { oneAtATime } from './oneAtATime.ts';
import { type ScheduleStatus, type StartingStatus, startingStatus, statusAfter } from './scheduleStatus.ts';
import type { StatusStore } from './statusStore.ts';
import { type Timer, timerInvocation } from './timer.ts';

export interface TimerRuns {
  /** Reads where the timer stands, and stores it where it is new. @throws when the storage does not answer */
  read(): Promise<StartingStatus>;
  /** Runs the function unless `ended` is aborted by its turn. @returns the status that follows */
  run(status: ScheduleStatus, isPastDue: boolean, ended: AbortSignal): Promise<ScheduleStatus>;
  /** Runs the function when its turn comes, and changes no status. Never rejects. */
  fire(): Promise<InvocationResult>;
  /** Resolves when nothing runs and nothing waits to. */
  idle(): Promise<void>;
}

export interface RunsOptions {
  readonly timer: Timer;
  readonly invoker: Invoker;
  readonly store: StatusStore;
  readonly clock: Clock;
  readonly log: Log;
  /** Ends retries. */
  readonly stopping: AbortSignal;
}

export const timerRuns = ({ timer, invoker, store, clock, log, stopping }: RunsOptions): TimerRuns => {
  const { functionName, schedule } = timer;
  const serially = oneAtATime();

  const standing = async () => {
    const stored = timer.isMonitored ? await store.read(functionName) : undefined;
    return startingStatus(schedule, stored, clock.wall());
  };
  const keep = async (status: ScheduleStatus) => {
    if (timer.isMonitored) await store.write(functionName, status);
  };
  const invoke = (status: ScheduleStatus, isPastDue: boolean) =>
    invokeWithRetries(invoker, timerInvocation(timer, status, isPastDue), timer.retry, clock, stopping);

  return {
    async read() {
      const starting = await standing();
      if (starting.isNew) await keep(starting.status);
      return starting;
    },
    run: (status, isPastDue, ended) =>
      serially(async () => {
        if (ended.aborted) return status;
        const next = statusAfter(schedule, clock.wall());
        await invoke(status, isPastDue);
        await keep(next).catch((error) =>
          log.error('the status of a timer was not kept', { functionName, said: saying(error) }),
        );
        return next;
      }),
    fire: () =>
      serially(async () => {
        const { status } = await standing().catch(() => startingStatus(schedule, undefined, clock.wall()));
        return invoke(status, false);
      }),
    idle: () => serially(async () => {}),
  };
};
