/**
 * A page of machines joined with all of antivirus. Where that is too long for it, the last snapshot answers; a walk that began in
 * the lists does not go on there, because their orders differ.
 */
import type { Clock } from '../../clock.ts';
import type { Call } from '../../defender/call.ts';
import type { Run } from '../run.ts';
import type { Antivirus } from './antivirus.ts';
import type { Answering, Asking, Outcome, Refused, StatesPage } from './asking.ts';
import { fromSnapshot, type SnapshotOptions } from './fromSnapshot.ts';
import { joinStates } from './joinStates.ts';
import { askMachines } from './machinesPage.ts';
import { type Place, readPlace } from './place.ts';
import { startAgain } from './startAgain.ts';
import { statesBody } from './statesBody.ts';
import { laterOf } from './unheard.ts';

export interface ComposingOptions {
  readonly listMachines: Call;
  readonly deviceAntivirus: Call;
  readonly antivirus: Antivirus;
  readonly lastRun: () => Promise<Run | undefined>;
  readonly snapshot: SnapshotOptions;
  readonly staleDays: number;
  readonly clock: Pick<Clock, 'wall'>;
}

export const compose = async <T extends Answering>(
  asking: Asking<T>,
  options: ComposingOptions,
): Promise<Outcome<T>> => {
  const place = asking.token === undefined ? undefined : readPlace(asking.token);
  if (asking.token !== undefined && !place) return startAgain;
  if (place?.kind === 'stored') return fromSnapshot(asking, place, options.snapshot);
  const run = await options.lastRun();
  return isTooLong(run, options) ? tooLong(asking, options) : joined(asking, place, run, options);
};

/** As the last run counted, or as was found not long ago: to find out costs calls. */
const isTooLong = (run: Run | undefined, { antivirus, snapshot }: ComposingOptions): boolean =>
  antivirus.isTooLong() || (run?.lists.antivirus?.received ?? 0) >= snapshot.mostRows;

const tooLong = (asking: Asking<Answering>, { snapshot }: ComposingOptions): Promise<StatesPage | Refused> | Refused =>
  asking.token === undefined ? fromSnapshot(asking, undefined, snapshot) : startAgain;

const joined = async <T extends Answering>(
  asking: Asking<T>,
  place: (Place & { readonly kind: 'machines' }) | undefined,
  run: Run | undefined,
  options: ComposingOptions,
): Promise<Outcome<T>> => {
  const { listMachines, deviceAntivirus, antivirus, clock, staleDays } = options;
  const [page, reports] = await Promise.all([askMachines(listMachines, asking, place?.next), antivirus.read(asking)]);
  if (page.kind === 'wrong') return startAgain;
  if (reports.kind === 'tooLong') return tooLong(asking, options);
  if (page.kind === 'unheard') return reports.kind === 'unheard' ? laterOf(page, reports) : page;
  if (reports.kind === 'unheard') return reports;
  const { list, kept } = reports;
  const judgement = { asOf: clock.wall(), staleDays };
  const { states, count, token, warning } = joinStates(page, list, { judgement, given: place?.given ?? 0, run });
  const body = statesBody(states, count, { here: asking.here, token });
  return { kind: 'states', body, kept, call: kept ? listMachines : deviceAntivirus, warning };
};
