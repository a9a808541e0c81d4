import type { Clock } from '../../clock.ts';
import type { Log } from '../../log.ts';
import type { Run } from '../run.ts';
import type { StoredStates } from './storedStates.ts';

/** What is known of the last run changes once an hour or so; each reading costs a transaction. */
const knownForMs = 60_000;

/** The last stored run, as of a minute ago at most; undefined where there is none, or it can't be read: states can be composed without. */
export const createLastRun = (
  stored: Pick<StoredStates, 'lastRun'>,
  clock: Pick<Clock, 'monotonic'>,
  log: Pick<Log, 'warn'>,
): (() => Promise<Run | undefined>) => {
  let run: Promise<Run | undefined> = Promise.resolve(undefined);
  let until = Number.NEGATIVE_INFINITY;

  const read = async (): Promise<Run | undefined> => {
    try {
      return await stored.lastRun();
    } catch (fault) {
      log.warn('The last snapshot can’t be read, and states are composed without', { fault: String(fault) });
      return undefined;
    }
  };

  return () => {
    if (clock.monotonic() < until) return run;
    until = clock.monotonic() + knownForMs;
    run = read();
    return run;
  };
};
