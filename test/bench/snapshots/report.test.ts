import { checkRuns } from '../../../bench/snapshots/check/checkRuns.ts';
import { figuresOf, type Measured, median, writtenTo } from '../../../bench/snapshots/report/figures.ts';
import { resultLine } from '../../../bench/snapshots/report/resultLine.ts';
import { noChanges, noCost, noCounts, type Run } from '../../../src/snapshots/run.ts';

const run = (change: Partial<Run>): Run => ({
  id: '20261121T190000Z',
  startedAt: '2026-11-21T19:00:00.000Z',
  source: 'composed',
  phase: 'finished',
  outcome: 'complete',
  sourceChanged: false,
  lists: {},
  merged: 64,
  told: 64,
  counts: { ...noCounts, received: 1000, stored: 1000, machines: 1000 },
  cost: noCost,
  overdue: 0,
  ...change,
});

const first = run({
  cost: {
    ...noCost,
    calls: 3,
    tableTransactions: 70,
    stagingTransactions: 20,
    seconds: 10,
    phaseSeconds: { collecting: 6, merging: 3.5, telling: 0.5 },
  },
});
const second = run({
  counts: { ...first.counts, changes: { ...noChanges, resolved: 4, newlyRequiresAttention: 6 } },
  cost: { ...noCost, tableTransactions: 80, seconds: 7 },
});
const written = (table: string, entities: number) => ({ table, partition: 'b00', entities });
const measured: Measured = {
  first: { run: first, transactions: [written('snapshotStates', 64)] },
  second: {
    run: second,
    transactions: [written('snapshotStates', 3), written('snapshotStaging', 16), written('snapshotStates', 2)],
  },
  bare: { writing: [5, 3, 2], reading: [1, 1, 0.5] },
  changed: 10,
  peak: 150_000_000,
  quarters: [100_000_000, 150_000_000, 140_000_000, 120_000_000],
};

describe('the figures of the bench of snapshots', () => {
  const figures = figuresOf(measured);

  it('begin with those that were promised, in their order', () => {
    expect(Object.keys(figures).slice(0, 9).join(' ')).toBe(
      'machines rssMb seconds machinesPerSecond tableTransactions stagingTransactions secondRunTransactions rawBatchRatio calls',
    );
  });

  it('compare the bare loop’s usual time with that in which the run stored, collecting apart', () => {
    expect(figures).toMatchObject({ bareSeconds: 3, mergeSeconds: 4, collectSeconds: 6, rawBatchRatio: 1 });
  });

  it('tell the same with collecting, and without the time that reading staged rows takes alone', () => {
    expect(figures).toMatchObject({ ratioWithCollecting: 0.3, stagingSeconds: 1, ratioWithStagedReading: 0.75 });
  });

  it('tell what the second run changed and wrote, in megabytes what the process weighed', () => {
    expect(figures).toMatchObject({ secondRunChanges: 10, secondRunWrites: 2, secondRunEntities: 5 });
    expect(figures).toMatchObject({ rssMb: 150, rssCurve: [100, 150, 140, 120], machinesPerSecond: 100 });
  });

  it('are one line of JSON with three decimals, the quota that was set aside, and what was wrong', () => {
    const line = JSON.parse(resultLine({ ...figures, rawBatchRatio: 2 / 3 }, ['a state']));
    expect(line).toMatchObject({ rawBatchRatio: 0.667, limits: '999999/60', wrong: ['a state'] });
    expect(JSON.parse(resultLine(figures, []))).not.toHaveProperty('wrong');
  });
});

describe('the median', () => {
  it('is the value in the middle, or between the two', () => {
    expect([median([3, 1, 2]), median([4, 1]), median([7])]).toEqual([2, 2.5, 7]);
    expect(() => median([])).toThrow('nothing was measured');
  });
});

describe('what was written to a table', () => {
  it('is nothing where all went to others', () => {
    expect(writtenTo('answers', measured.second.transactions)).toEqual({ transactions: 0, entities: 0 });
  });
});

describe('the check of two runs', () => {
  const expected = { machines: 1000, changed: 10 };

  it('finds nothing wrong where both are complete, reconciled, and changed what was changed', () => {
    expect(checkRuns(first, second, expected)).toEqual([]);
  });

  it.each<[string, Partial<Run>, string]>([
    ['is incomplete', { outcome: 'incomplete', reason: 'a list moved' }, 'is incomplete: a list moved'],
    ['is not reconciled', { counts: { ...second.counts, stored: 999 } }, 'and stored 999'],
    ['keeps too few', { counts: { ...second.counts, machines: 990 } }, 'keeps 990 of 1000 machines'],
    ['missed a change', { counts: { ...second.counts, changes: { ...noChanges, resolved: 9 } } }, 'found 9 changes'],
    ['found too many', { counts: { ...second.counts, changes: { ...noChanges, changed: 12 } } }, 'found 12 changes'],
  ])('says of a second run that it %s', (_, change, message) => {
    expect(checkRuns(first, { ...second, ...change }, expected)).toEqual([expect.stringContaining(message)]);
  });

  it('says of a first run that it found changes', () => {
    expect(checkRuns(second, second, expected)).toEqual([expect.stringContaining('10 changes, of nothing')]);
  });
});
