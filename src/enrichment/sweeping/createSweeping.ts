/** What keeps alerts from being forgotten: once a minute, what has no message left gets one, and what is old is removed. */
import type { Clock } from '../../clock.ts';
import type { Log } from '../../log.ts';
import { told } from '../../toldFault.ts';
import { type PruningOptions, pruneNext } from './pruning.ts';

export interface Sweeping {
  /** Each part of the work is tried, whatever becomes of the others. @throws AggregateError of what failed */
  sweep(): Promise<void>;
}

export interface SweepingOptions extends PruningOptions {
  /** Each with what it is called in the log, all at once. They give how many they dealt with. */
  readonly tasks: Readonly<Record<string, SweepTask>>;
  readonly clock: Pick<Clock, 'wall' | 'monotonic'>;
  readonly log: Log;
}

/** @param isOver whether the sweep's time is over: then nothing more is begun */
export type SweepTask = (isOver: () => boolean) => Promise<number>;

/** What is under way then may take some minutes where storage does not answer, and a function has ten (`functionTimeout` in host.json). */
const sweepMs = 240_000;

export const createSweeping = ({ tasks, clock, log, ...pruning }: SweepingOptions): Sweeping => ({
  async sweep() {
    const began = clock.monotonic();
    const isOver = () => clock.monotonic() - began > sweepMs;
    const all: Readonly<Record<string, SweepTask>> = { ...tasks, pruned: () => pruneNext({ ...pruning, clock }) };
    const counts: Record<string, number> = {};
    const faults: unknown[] = [];
    const doing = Object.entries(all).map(async ([name, task]) => {
      try {
        const count = await task(isOver);
        if (count > 0) counts[name] = count;
      } catch (cause) {
        faults.push(new Error(name, { cause }));
      }
    });
    await Promise.all(doing);
    if (Object.keys(counts).length > 0) log.info('Alerts were swept', counts);
    if (faults.length > 0)
      throw new AggregateError(faults, `alerts were not wholly swept: ${faults.map(told).join('; ')}`);
  },
});
