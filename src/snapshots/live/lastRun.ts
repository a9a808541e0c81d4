import type { Clock } from '../../clock.ts';
import type { Log } from '../../log.ts';
import type { Run } from '../run.ts';
import { lately } from './lately.ts';
import type { StoredStates } from './storedStates.ts';

/** The last stored run, as of a minute ago at most; undefined where there is none, or it can't be read: states can be composed without. */
export const createLastRun = (
  stored: Pick<StoredStates, 'lastRun'>,
  clock: Pick<Clock, 'monotonic'>,
  log: Pick<Log, 'warn'>,
): (() => Promise<Run | undefined>) => {
  const read = async (): Promise<Run | undefined> => {
    try {
      return await stored.lastRun();
    } catch (fault) {
      log.warn('The last snapshot can’t be read, and states are composed without', { fault: String(fault) });
      return undefined;
    }
  };
  return lately(read, clock).get;
};
