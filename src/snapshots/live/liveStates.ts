/**
 * The security states of the fleet as they are now, from either source: the preview's own pages where that is served, else composed here.
 */
import type { Clock } from '../../clock.ts';
import { callNamed } from '../../defender/calls.ts';
import type { Log } from '../../log.ts';
import { createAntivirus } from './antivirus.ts';
import type { Answering, Asking, Outcome } from './asking.ts';
import { type Choice, type ChosenSource, createChosenSource } from './chosenSource.ts';
import { compose } from './composing.ts';
import { createLastRun } from './lastRun.ts';
import type { StoredStates } from './storedStates.ts';

export interface LiveStates extends ChosenSource {
  /**
   * A page of composed states, in the documented shape. `@odata.count` is exact on the last page, and so for a fleet of one page; before
   * that it is what the last snapshot counted, or else the least there can be, and a warning says which.
   *
   * Where there are too many reports of antivirus to join them, the page is the last snapshot's.
   *
   * @throws where the snapshot that is needed can't be read
   */
  compose<T extends Answering>(asking: Asking<T>): Promise<Outcome<T>>;
}

export interface LiveStatesOptions {
  readonly sources: Choice;
  readonly stored: StoredStates;
  /** Days after which a report of antivirus counts no more. */
  readonly staleDays: number;
  /** Seconds for which the list of antivirus is fresh. */
  readonly antivirusLifetime: number;
  readonly clock: Pick<Clock, 'monotonic' | 'wall'>;
  readonly log: Pick<Log, 'warn'>;
  /** Rows of antivirus in a page: 10,000 ("Export device antivirus health report", `$top`). And states in a page of a snapshot. */
  readonly pageSize?: number;
  /** Pages of antivirus that are joined while somebody waits. */
  readonly mostPages?: number;
  /** Rows of the last page that are asked for again. */
  readonly overlap?: number;
}

export const createLiveStates = (options: LiveStatesOptions): LiveStates => {
  const { pageSize = 10_000, mostPages = 3, overlap = 50, sources, stored, staleDays, clock, log } = options;
  const deviceAntivirus = callNamed('deviceAntivirus');
  const list = { call: deviceAntivirus, pageSize, mostPages, overlap, clock };
  const composing = {
    listMachines: callNamed('listMachines'),
    deviceAntivirus,
    antivirus: createAntivirus(list, options.antivirusLifetime),
    lastRun: createLastRun(stored, clock, log),
    snapshot: { stored, clock, pageSize, mostRows: pageSize * mostPages },
    staleDays,
    clock,
  };
  return { ...createChosenSource({ sources, clock, log }), compose: (asking) => compose(asking, composing) };
};
