/** Which run a caller means, and whether its states can be read. */
import { isStored, type Run } from '../run.ts';
import { instantOfRun, type RunId, runIdAt, startOf } from '../runId.ts';
import type { RunIndex } from '../runIndex.ts';
import { lastStored } from '../running/newRun.ts';
import { floorOf } from './floor.ts';
import { readInstant } from './readInstant.ts';
import { type Refusal, refused, shown } from './refusal.ts';
import { runsBefore } from './windows.ts';

export type FoundRun = { readonly kind: 'run'; readonly run: Run } | Refusal;

export interface RunFinder {
  /** `latest`, which is the last that is stored, or a name; one that is under way or failed, too. */
  named(name: string): Promise<FoundRun>;
  /** The same of those whose states can be read. @param what stands in front of messages, such as `since: ` */
  readable(name: string, what?: string): Promise<FoundRun>;
  /** The last run at or before an instant whose states can be read. */
  asOf(instant: string): Promise<FoundRun>;
}

export type Index = Pick<RunIndex, 'list' | 'read' | 'note'>;

export const createRunFinder = (index: Index): RunFinder => ({
  named: (name) => named(index, name, ''),
  async readable(name, what = '') {
    const meant = await named(index, name, what);
    if (meant.kind === 'refused') return meant;
    return isStored(meant.run) ? notTooOld(index, meant.run, what) : notStored(index, meant.run, what);
  },
  async asOf(instant) {
    const read = readInstant('asOf', instant);
    if (read.kind === 'refused') return read;
    for await (const run of runsBefore(index, runIdAt(read.at + 1000))) {
      if (isStored(run)) return notTooOld(index, run, 'asOf: ');
    }
    return beforeAll(index, runIdAt(read.at));
  },
});

const named = async (index: Index, name: string, what: string): Promise<FoundRun> => {
  const id = name.trim().toUpperCase();
  if (id === 'LATEST') {
    const run = await lastStored(index);
    return run ? found(run) : refused(404, await nothingYet(index));
  }
  if (instantOfRun(id) === undefined) return refused(400, `${what}${shown(name)} is no run; ${form}`);
  const run = (await index.read(id))?.value;
  return run ? found(run) : unknownRun(index, id, what);
};

/** Pruning says first what it is about to remove: who has read changes looks here once more before he trusts them. */
export const notTooOld = async (index: Index, run: Run, what: string): Promise<FoundRun> => {
  const floor = await floorOf(index);
  return floor !== undefined && run.id < floor ? refused(410, what + tooOld(run.id, floor)) : found(run);
};

const found = (run: Run): FoundRun => ({ kind: 'run', run });

const form = 'a run is named by the instant at which it began, such as 20261121T190000Z, and the last one is latest';

const tooOld = (id: RunId, floor: RunId): string =>
  `${startOf(id)} is no longer kept. The oldest run that can be asked for is ${floor}`;

const unknownRun = async (index: Index, id: RunId, what: string): Promise<Refusal> => {
  const floor = await floorOf(index);
  if (floor !== undefined && id < floor) return refused(410, what + tooOld(id, floor));
  const last = await lastStored(index);
  const newest = last ? `The newest is ${last.id}` : await nothingYet(index);
  return refused(404, `${what}there is no run ${id}. ${newest}`);
};

const notStored = async (index: Index, run: Run, what: string): Promise<Refusal> => {
  const last = await lastStored(index);
  const instead = last ? `Ask for latest, which is ${last.id}` : 'No run before it is stored';
  if (run.outcome === 'failed') {
    const reason = run.reason === undefined ? '' : `: ${run.reason}`;
    return refused(404, `${what}run ${run.id} failed, and nothing of it is stored${reason}. ${instead}`);
  }
  return refused(409, `${what}run ${run.id} is under way (${run.phase}), and can be read when it is over. ${instead}`);
};

const nothingYet = async (index: Index): Promise<string> => {
  const [newest] = await index.list({ top: 1 });
  if (!newest) return 'No snapshot was taken yet';
  if (newest.phase !== 'finished') return `No run is stored yet; ${newest.id} is under way (${newest.phase})`;
  return `No run is stored yet; ${newest.id}, the last one, failed${newest.reason === undefined ? '' : `: ${newest.reason}`}`;
};

const beforeAll = async (index: Index, id: RunId): Promise<Refusal> => {
  const floor = await floorOf(index);
  if (floor !== undefined) return refused(410, `asOf: ${tooOld(id, floor)}`);
  let first: Run | undefined;
  for await (const run of runsBefore(index)) if (isStored(run)) first = run;
  if (!first) return refused(404, await nothingYet(index));
  return refused(404, `asOf: ${startOf(id)} is before the first run, which began at ${startOf(first.id)}`);
};
