/** What keeps operations from being forgotten: what has no message left gets one, what can't be answered ends, and what has expired is removed. */
import type { Clock } from '../../clock.ts';
import type { Log } from '../../log.ts';
import { told } from '../../toldFault.ts';

export interface OperationSweeping {
  /** Each part of the work is tried, whatever becomes of the others. @throws AggregateError of what failed */
  sweep(): Promise<void>;
}

/** @param isOver whether the sweep's time is over: then nothing more is begun @returns how many it dealt with */
export type OperationSweepTask = (isOver: () => boolean) => Promise<number>;

export interface OperationSweepingOptions {
  /** Each with what it is called in the log. */
  readonly tasks: Readonly<Record<string, OperationSweepTask>>;
  readonly clock: Pick<Clock, 'monotonic'>;
  readonly log: Log;
}

/** What is under way then may take some minutes where storage does not answer, and a function has ten (`functionTimeout` in host.json). */
const sweepMs = 240_000;

export const createOperationSweeping = ({ tasks, clock, log }: OperationSweepingOptions): OperationSweeping => ({
  async sweep() {
    const began = clock.monotonic();
    const isOver = () => clock.monotonic() - began > sweepMs;
    const names = Object.keys(tasks);
    const done = await Promise.allSettled(Object.values(tasks).map((task) => task(isOver)));
    const counts = done.flatMap((one, at) =>
      one.status === 'fulfilled' && one.value > 0 ? [[names[at] ?? '', one.value] as const] : [],
    );
    const faults = done.flatMap((one, at) =>
      one.status === 'rejected' ? [new Error(names[at], { cause: one.reason })] : [],
    );
    if (counts.length > 0) log.info('Operations were swept', Object.fromEntries(counts));
    if (faults.length > 0)
      throw new AggregateError(faults, `operations were not wholly swept: ${faults.map(told).join('; ')}`);
  },
});
