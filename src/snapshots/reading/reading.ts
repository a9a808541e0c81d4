/**
 * What is remembered of the fleet, for people and playbooks to ask: no call to Defender is made for any of it. The answers are of runs that are
 * stored; what a run under way has done so far is seen by nobody.
 */
import type { Clock } from '../../clock.ts';
import type { StoredStates } from '../live/storedStates.ts';
import type { RunIndex } from '../runIndex.ts';
import type { StateStore } from '../stateStore.ts';
import { type ChangesPage, type ChangesQuestion, readChanges } from './changes.ts';
import { type HistoryPage, type HistoryQuestion, readHistory } from './history.ts';
import { type MachinesPage, type MachinesQuestion, readMachines } from './machines.ts';
import type { Refusal } from './refusal.ts';
import type { RunRow } from './runRow.ts';
import { type RunsPage, type RunsQuestion, readRun, readRuns } from './runs.ts';
import { storedStates } from './storedStates.ts';
import { readTrend, type TrendPage, type TrendQuestion } from './trend.ts';

/**
 * Pages end by themselves after some seconds, with a place to go on from, however little was found by then. A few buckets are read together,
 * and to their end: so a page takes longer where that does, as it may from one run to another with very many changes between. Each rejects
 * where the storage can't be read.
 */
export interface Reading {
  runs(question: RunsQuestion): Promise<RunsPage | Refusal>;
  /** @param name of any run, or `latest`, which is the last that is stored */
  run(name: string): Promise<{ readonly kind: 'run'; readonly row: RunRow } | Refusal>;
  machines(question: MachinesQuestion): Promise<MachinesPage | Refusal>;
  changes(question: ChangesQuestion): Promise<ChangesPage | Refusal>;
  history(question: HistoryQuestion): Promise<HistoryPage | Refusal>;
  trend(question: TrendQuestion): Promise<TrendPage | Refusal>;
  /** For the live call. */
  readonly stored: StoredStates;
}

export interface ReadingParts {
  readonly index: Pick<RunIndex, 'list' | 'read' | 'note'>;
  readonly states: Pick<StateStore, 'read' | 'chunkOf' | 'changes'>;
  readonly buckets: number;
  readonly clock: Pick<Clock, 'monotonic'>;
  /** Milliseconds after which a page is not read on. */
  readonly pageMs?: number;
}

export const createReading = (parts: ReadingParts): Reading => {
  const { index, clock, pageMs = usualPageMs } = parts;
  const timed = () => {
    const until = clock.monotonic() + pageMs;
    return () => clock.monotonic() >= until;
  };
  return {
    runs: (question) => readRuns(parts, question),
    run: (name) => readRun(parts, name),
    machines: (question) => readMachines(parts, question, timed()),
    changes: (question) => readChanges(parts, question, timed()),
    history: (question) => readHistory(parts, question, timed()),
    trend: (question) => readTrend(index, question),
    stored: storedStates(parts),
  };
};

/** A third of the time that callers wait if they do not say. */
const usualPageMs = 10_000;
