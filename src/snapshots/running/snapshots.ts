/**
 * Runs: a look at the whole fleet, begun by the schedule, worked on in slices of an invocation's time, and gone on with where it stopped,
 * by whichever process comes next. Under a lease, so never twice at once.
 */

import { Overtaken } from '../../storage/overtaken.ts';
import type { HeldLease } from '../lease.ts';
import type { Run } from '../run.ts';
import type { Versioned } from '../runIndex.ts';
import { goOn, ticksMissed } from './goOn.ts';
import { openJournal } from './journal.ts';
import { newRun } from './newRun.ts';
import type { RunParts, Slice } from './parts.ts';
import { logOverdue } from './runLog.ts';

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
  const { clock, log, leases } = parts;
  const stopping = new AbortController();

  const sliceFromNow = (): Slice => {
    const until = clock.monotonic() + parts.sliceMs;
    return { leftMs: () => (stopping.signal.aborted ? 0 : Math.max(0, until - clock.monotonic())) };
  };

  /** @param whenBusy of what to do where another process has the lease */
  const underLease = async (
    work: (lease: HeldLease) => Promise<Ended>,
    whenBusy: () => Promise<void>,
  ): Promise<Ended> => {
    const lease = await leases.take('run');
    if (!lease) {
      await whenBusy();
      return { kind: 'busy' };
    }
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
    tick: () =>
      underLease(
        async (lease) => {
          const slice = sliceFromNow();
          const open = await openRun(parts);
          if (open) {
            const run = { ...open.value, overdue: open.value.overdue + 1 };
            logOverdue(log, run.id, run.overdue);
            const ended = await goOn(parts, openJournal(parts, { run, version: open.version, lease }), slice);
            if (ended.kind !== 'finished') return ended;
          }
          const run = await newRun(parts);
          return goOn(parts, openJournal(parts, { run, version: undefined, lease }), slice);
        },
        () => noteOverdue(parts),
      ),
    async resume() {
      if (!(await openRun(parts))) return { kind: 'idle' };
      return underLease(
        async (lease) => {
          const open = await openRun(parts);
          if (!open) return { kind: 'idle' };
          const { value: run, version } = open;
          return goOn(parts, openJournal(parts, { run, version, lease }), sliceFromNow());
        },
        async () => undefined,
      );
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

/** The run's row is written by whoever holds the lease alone; this is left for it. */
const noteOverdue = async ({ index, log }: RunParts): Promise<void> => {
  const [newest] = await index.list({ top: 1 });
  if (!newest || newest.phase === 'finished') return;
  const ticks = (await ticksMissed(index, newest.id)) + 1;
  await index.keepNote('overdue', { run: newest.id, ticks });
  logOverdue(log, newest.id, newest.overdue + ticks);
};
