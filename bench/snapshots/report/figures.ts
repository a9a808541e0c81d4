/** What two runs and the bare loop come to. */
import type { Run } from '../../../src/snapshots/run.ts';
import type { Transaction } from '../process/messages.ts';

/** A run as it was seen from outside. */
export interface SeenRun {
  readonly run: Run;
  readonly transactions: readonly Transaction[];
}

export interface Measured {
  readonly first: SeenRun;
  readonly second: SeenRun;
  readonly bare: BareTimes;
  /** Machines that were changed between the runs. */
  readonly changed: number;
  /** Bytes: the most of both runs, and of each quarter of the first. */
  readonly peak: number;
  readonly quarters: readonly number[];
}

/** Seconds, of each time. */
export interface BareTimes {
  /** The first run's rows, by the bare loop. */
  readonly writing: readonly number[];
  /** What the run had staged, with the run's own queries and nothing else to do. */
  readonly reading: readonly number[];
}

export type Figures = Readonly<Record<string, number | string | readonly number[]>>;

/** The table of states, by its name in storage. */
export const statesTable = 'snapshotStates';

/** Seconds in which a run stored what it had collected. */
export const storingSeconds = ({ cost: { phaseSeconds } }: Run): number => phaseSeconds.merging + phaseSeconds.telling;

/** In the order of the line; memory in millions of bytes. */
export const figuresOf = ({ first, second, bare, changed, peak, quarters }: Measured): Figures => {
  const { counts, cost, source } = first.run;
  const [bareSeconds, stagingSeconds] = [median(bare.writing), median(bare.reading)];
  const storing = storingSeconds(first.run);
  const written = writtenTo(statesTable, second.transactions);
  return {
    machines: counts.machines,
    rssMb: peak / 1e6,
    seconds: cost.seconds,
    machinesPerSecond: counts.machines / cost.seconds,
    tableTransactions: cost.tableTransactions,
    stagingTransactions: cost.stagingTransactions,
    secondRunTransactions: second.run.cost.tableTransactions,
    rawBatchRatio: bareSeconds / (storing - stagingSeconds),
    calls: cost.calls,
    source,
    collectSeconds: cost.phaseSeconds.collecting,
    mergeSeconds: storing,
    bareSeconds,
    bareTimes: bare.writing,
    stagingSeconds,
    ratioWithStagedReading: bareSeconds / storing,
    ratioWithCollecting: bareSeconds / cost.seconds,
    firstRunEntities: writtenTo(statesTable, first.transactions).entities,
    rssCurve: quarters.map((bytes) => bytes / 1e6),
    changed,
    secondRunChanges: changesOf(second.run),
    secondRunSeconds: second.run.cost.seconds,
    secondRunMergeSeconds: storingSeconds(second.run),
    secondRunWrites: written.transactions,
    secondRunEntities: written.entities,
    secondRunStagingTransactions: second.run.cost.stagingTransactions,
    messages: second.run.cost.messages,
  };
};

/** Changes of all kinds. */
export const changesOf = ({ counts: { changes } }: Run): number =>
  Object.values(changes).reduce((sum, count) => sum + count, 0);

/** Transactions that wrote to a table, and the entities in them. */
export const writtenTo = (table: string, transactions: readonly Transaction[]) => {
  const own = transactions.filter((transaction) => transaction.table === table);
  return { transactions: own.length, entities: own.reduce((sum, { entities }) => sum + entities, 0) };
};

/** Of an even number, the mean of the two in the middle. @throws of none */
export const median = (values: readonly number[]): number => {
  const ascending = [...values].sort((a, b) => a - b);
  const [low, high] = [ascending[(ascending.length - 1) >> 1], ascending[ascending.length >> 1]];
  if (low === undefined || high === undefined) throw new Error('nothing was measured');
  return (low + high) / 2;
};
