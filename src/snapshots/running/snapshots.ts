/**
 * Runs: a look at the whole fleet, begun by the schedule, worked on in slices of an invocation's time, and gone on with where it stopped,
 * by whichever process comes next. Under a lease, so never twice at once.
 */
import type { HeldLease } from '../lease.ts';
import type { Run } from '../run.ts';
import { Overtaken, type Versioned } from '../runIndex.ts';
import { collect } from './collect.ts';
import { type Journal, openJournal } from './journal.ts';
import { mergeAll } from './mergeAll.ts';
import { newRun } from './newRun.ts';
import { outcomeOf } from './outcome.ts';
import type { PhaseEnd, RunParts, Slice } from './parts.ts';
import { logFinished, logOverdue, logPaused } from './runLog.ts';
import { tellAll } from './tellAll.ts';
import { machinesOf, whyNotWhole } from './wholeness.ts';

export interface Snapshots {
  /** The schedule says that a run is due: goes on with one that is under way, or begins one. */
  tick(): Promise<Ended>;
  /** Goes on with a run that is under way, if there is one. */
  resume(): Promise<Ended>;
  /** Has what is under way stop at the next step, for the process is to end. */
  stop(): void;
}

export type Ended =
  | { readonly kind: 'finished'; readonly run: Run }
  /** It goes on later. */
  | { readonly kind: 'paused'; readonly run: Run; readonly reason: string }
  /** Another process is at it. */
  | { readonly kind: 'busy' }
  | { readonly kind: 'idle' };

export const createSnapshots = (parts: RunParts): Snapshots => {
  const { leases, log } = parts;
  const stopping = new AbortController();

  const underLease = async (work: (lease: HeldLease) => Promise<Ended>): Promise<Ended> => {
    const lease = await leases.take('run');
    if (!lease) return { kind: 'busy' };
    try {
      return await work(lease);
    } catch (fault) {
      if (!(fault instanceof Overtaken)) throw fault;
      log.warn('A snapshot is gone on with by another process', { because: fault.message });
      return { kind: 'busy' };
    } finally {
      await lease.release().catch(() => undefined);
    }
  };

  return {
    async tick() {
      const ended = await underLease(async (lease) => {
        const open = await openRun(parts);
        if (!open)
          return goOn(
            parts,
            stopping.signal,
            openJournal(parts, { run: await newRun(parts), version: undefined, lease }),
          );
        const run = { ...open.value, overdue: open.value.overdue + 1 };
        logOverdue(log, run.id, run.overdue);
        return goOn(parts, stopping.signal, openJournal(parts, { run, version: open.version, lease }));
      });
      if (ended.kind === 'busy') logOverdue(log);
      return ended;
    },
    resume: async () => {
      if (!(await openRun(parts))) return { kind: 'idle' };
      return underLease(async (lease) => {
        const open = await openRun(parts);
        if (!open) return { kind: 'idle' };
        return goOn(parts, stopping.signal, openJournal(parts, { run: open.value, version: open.version, lease }));
      });
    },
    stop: () => stopping.abort(),
  };
};

/** The run that is under way; only the newest can be. */
const openRun = async ({ index }: RunParts): Promise<Versioned<Run> | undefined> => {
  const [newest] = await index.list({ top: 1 });
  if (!newest || newest.phase === 'finished') return undefined;
  return index.read(newest.id);
};

const goOn = async (parts: RunParts, stopping: AbortSignal, journal: Journal): Promise<Ended> => {
  const { clock, log } = parts;
  const until = clock.monotonic() + parts.sliceMs;
  const slice: Slice = { leftMs: () => (stopping.aborted ? 0 : Math.max(0, until - clock.monotonic())) };
  await journal.save({});
  const end = await phases(parts, journal, slice);
  if (end.kind === 'paused') {
    await journal.save({ reason: end.reason });
    logPaused(log, journal.run, end.reason);
    return { kind: 'paused', run: journal.run, reason: end.reason };
  }
  const finishedAt = new Date(clock.wall()).toISOString();
  await journal.save({ ...outcomeOf(journal.run, end), phase: 'finished', finishedAt });
  logFinished(log, journal.run);
  return { kind: 'finished', run: journal.run };
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

/** From here on nothing more is received, and it is known whether that is all. */
const beginMerging = async ({ index }: RunParts, journal: Journal): Promise<void> => {
  const { run } = journal;
  const before = run.previous === undefined ? undefined : await index.read(run.previous);
  const sourceChanged = before !== undefined && before.value.source !== run.source;
  await journal.save({
    phase: 'merging',
    doubt: whyNotWhole(run, before?.value.counts.machines ?? 0),
    sourceChanged,
    counts: { ...run.counts, received: machinesOf(run.lists)?.received ?? 0 },
  });
};
