/**
 * A run's row while it is worked on, written with what it cost, and only under the lease: after each page, and now and then while it merges, where what was
 * done since comes to the same when it is done again.
 */

import { Overtaken } from '../../storage/overtaken.ts';
import type { HeldLease } from '../lease.ts';
import type { Run, RunCost } from '../run.ts';
import type { RunParts } from './parts.ts';

export interface Journal {
  readonly run: Run;
  readonly lease: HeldLease;
  /** Writes what is different, and what was noted before. @throws Overtaken where the lease is lost, or somebody else wrote */
  save(change: Partial<Run>): Promise<void>;
  /** Written with the next save: what may be lost, because doing it again comes to the same. */
  note(change: Partial<Run>): void;
  /** Milliseconds since it was written. */
  readonly unsavedMs: number;
  /** A call to Defender. */
  called(): void;
  /** Messages that were sent. */
  sent(messages: number): void;
}

type Parts = Pick<RunParts, 'index' | 'tally' | 'clock'>;

/** @param version undefined for a run that is new */
export const openJournal = (
  { index, tally, clock }: Parts,
  opened: { readonly run: Run; readonly version: string | undefined; readonly lease: HeldLease },
): Journal => {
  let { run, version } = opened;
  const { lease } = opened;
  const before = { tables: tally.tables, staging: tally.staging };
  const started = clock.monotonic();
  let phaseStarted = started;
  let savedAt = started;
  const { calls, messages } = run.cost;
  const own = { calls: 0, messages: 0 };
  const slice = { ...run.cost, slices: run.cost.slices + 1 };

  const costNow = (): RunCost => {
    const now = clock.monotonic();
    const inPhase = (now - phaseStarted) / 1000;
    phaseStarted = now;
    const { phase } = run;
    const { phaseSeconds } = run.cost;
    return {
      ...slice,
      calls: calls + own.calls,
      messages: messages + own.messages,
      tableTransactions: slice.tableTransactions + tally.tables - before.tables,
      stagingTransactions: slice.stagingTransactions + tally.staging - before.staging,
      seconds: rounded(slice.seconds + (now - started) / 1000),
      phaseSeconds:
        phase === 'finished' ? phaseSeconds : { ...phaseSeconds, [phase]: rounded(phaseSeconds[phase] + inPhase) },
    };
  };

  return {
    get run() {
      return run;
    },
    lease,
    async save(change) {
      if (!lease.isHeld()) throw new Overtaken('the lease on the run was lost');
      const next = { ...run, ...change, cost: costNow() };
      version = await index.save(next, version);
      run = next;
      savedAt = clock.monotonic();
    },
    note(change) {
      run = { ...run, ...change };
    },
    get unsavedMs() {
      return clock.monotonic() - savedAt;
    },
    called: () => {
      own.calls += 1;
    },
    sent: (more) => {
      own.messages += more;
    },
  };
};

/** To milliseconds. */
const rounded = (seconds: number): number => Math.round(seconds * 1000) / 1000;
