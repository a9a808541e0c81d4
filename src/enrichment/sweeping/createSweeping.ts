/** What keeps alerts from being forgotten: once a minute, what has no message left gets one, and what is old is removed. */
import type { Clock } from '../../clock.ts';
import type { Log } from '../../log.ts';
import type { AlertStore } from '../alertStore.ts';

export interface Sweeping {
  /** Each part of the work is tried, whatever becomes of the others. @throws AggregateError of what failed */
  sweep(): Promise<void>;
}

export interface SweepingOptions {
  readonly store: Pick<AlertStore, 'prune' | 'parts'>;
  /** Each with what it is called in the log; they give how many they dealt with. */
  readonly tasks: Readonly<Record<string, () => Promise<number>>>;
  /** Milliseconds that alerts are kept after they ended. */
  readonly retentionMs: number;
  readonly clock: Pick<Clock, 'wall'>;
  readonly log: Log;
}

const minuteMs = 60_000;

export const createSweeping = ({ store, tasks, retentionMs, clock, log }: SweepingOptions): Sweeping => {
  /** Each part once an hour. */
  const prune = async (): Promise<number> => {
    const now = clock.wall();
    const part = Math.floor(now / minuteMs) % 60;
    return part < store.parts ? store.prune(part, now - retentionMs) : 0;
  };
  return {
    async sweep() {
      const all = Object.entries({ ...tasks, pruned: prune });
      const counts: Record<string, number> = {};
      const faults: unknown[] = [];
      for (const [name, task] of all) {
        await task().then(
          (count) => {
            if (count > 0) counts[name] = count;
          },
          (fault) => faults.push(fault),
        );
      }
      if (Object.keys(counts).length > 0) log.info('Alerts were swept', counts);
      if (faults.length > 0)
        throw new AggregateError(faults, `alerts were not wholly swept: ${faults.map(String).join('; ')}`);
    },
  };
};
