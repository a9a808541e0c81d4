/** A slice of a run: its phases one after the other, as far as the time goes. */
import { Overtaken } from '../../storage/overtaken.ts';
import { collect } from './collect.ts';
import type { Journal } from './journal.ts';
import { mergeAll } from './mergeAll.ts';
import { isTooOld, outcomeOf } from './outcome.ts';
import type { PhaseEnd, RunParts, Slice } from './parts.ts';
import { logFinished, logPaused } from './runLog.ts';
import type { Ended } from './snapshots.ts';
import { tellAll } from './tellAll.ts';
import { lostOf, machinesOf, whyNotWhole } from './wholeness.ts';

/** @throws what the storage throws, unless the run is so old that it is given up for it */
export const goOn = async (parts: RunParts, journal: Journal, slice: Slice): Promise<Ended> => {
  const { clock, log, index } = parts;
  await journal.save({});
  const end = await phases(parts, journal, slice).catch((fault: unknown) => givenUp(parts, journal, fault));
  const overdue = journal.run.overdue + (await ticksMissed(index, journal.run.id));
  if (end.kind === 'paused') {
    await journal.save({ reason: end.reason });
    logPaused(log, journal.run, end.reason);
    return { kind: 'paused', run: journal.run, reason: end.reason };
  }
  const finishedAt = new Date(clock.wall()).toISOString();
  await journal.save({ ...outcomeOf(journal.run, end), phase: 'finished', finishedAt, overdue });
  logFinished(log, journal.run);
  return { kind: 'finished', run: journal.run };
};

/** One that fails for ever would let no other begin. */
const givenUp = (parts: RunParts, journal: Journal, fault: unknown): PhaseEnd => {
  if (fault instanceof Overtaken || !isTooOld(journal.run, parts.clock.wall())) throw fault;
  return { kind: 'failed', reason: fault instanceof Error ? fault.message : String(fault) };
};

/** Of the schedule, by processes that met this one at work. */
export const ticksMissed = async (index: RunParts['index'], run: string): Promise<number> => {
  const note = await index.note('overdue');
  return note?.run === run ? Number(note.ticks) : 0;
};

const phases = async (parts: RunParts, journal: Journal, slice: Slice): Promise<PhaseEnd> => {
  let isEmpty = false;
  if (journal.run.phase === 'collecting') {
    const end = await collect(parts, journal, slice);
    if (end.kind !== 'done') return end;
    await beginMerging(parts, journal);
    // Whoever began merging knows what was written since: nothing.
    isEmpty = journal.run.previous === undefined;
  }
  if (journal.run.phase === 'merging') {
    const end = await mergeAll(parts, journal, slice, { isWhole: journal.run.doubt === undefined, isEmpty });
    if (end.kind !== 'done') return end;
    await journal.save({ phase: 'telling' });
  }
  return tellAll(parts, journal, slice);
};

/** From here on nothing more is received, and it is known whether that is all: before anything is concluded from it. */
const beginMerging = async (parts: RunParts, journal: Journal): Promise<void> => {
  const { run } = journal;
  const before = run.previous === undefined ? undefined : await parts.index.read(run.previous);
  const sourceChanged = before !== undefined && before.value.source !== run.source;
  await journal.save({
    phase: 'merging',
    doubt: whyNotWhole(run, before?.value.counts.machines ?? 0) ?? (await whyLost(parts, journal)),
    sourceChanged,
    counts: { ...run.counts, received: machinesOf(run.lists)?.received ?? 0 },
  });
};

const whyLost = async ({ staging, sources }: RunParts, { run }: Journal): Promise<string | undefined> => {
  for (const list of sources.named(run.source).lists) {
    const lost = lostOf(run.lists[list], await staging.counts(list, run.id));
    if (lost > 0) return `staged rows of ${list} were lost: ${lost}`;
  }
  return undefined;
};
