import { readSettings } from '../../src/settings.ts';
import { noCost, noCounts, type Run } from '../../src/snapshots/run.ts';
import { runIdAt } from '../../src/snapshots/runId.ts';
import type { RunIndex } from '../../src/snapshots/runIndex.ts';
import { memoryRunIndex } from '../../src/snapshots/store/memoryRunIndex.ts';
import { tableRunIndex } from '../../src/snapshots/store/tableRunIndex.ts';
import { createTally } from '../../src/snapshots/store/tally.ts';
import { Overtaken } from '../../src/storage/overtaken.ts';
import { tableClient } from '../../src/storage/tableClient.ts';
import { hasty, isLost, isReset, isTurnedAway, wire } from '../snapshots/store/support/wire.ts';
import { type Azurite, startAzurite } from '../support/azurite.ts';

interface UnderTest {
  readonly index: RunIndex;
  /** Another process's view of the same index. */
  readonly other: RunIndex;
}

const partition = "tenant's/|app";
const tally = createTally();
let azurite: Azurite;
let tables = 0;
beforeAll(async () => {
  azurite = await startAzurite();
});
afterAll(() => azurite.stop());

const client = (name: string) =>
  tableClient(readSettings({ CALLER_AUTH: 'key', AzureWebJobsStorage: azurite.connectionString }), name);

const adapters: readonly (readonly [string, () => UnderTest])[] = [
  [
    'in memory',
    () => {
      const index = memoryRunIndex();
      return { index, other: index };
    },
  ],
  [
    'in Table storage',
    () => {
      const name = `runs${++tables}`;
      const view = () => tableRunIndex(client(name), { partition, tally });
      return { index: view(), other: view() };
    },
  ],
];

const hourMs = 3_600_000;
const idAt = (hour: number) => runIdAt(Date.parse('2026-11-21T19:00:00Z') + hour * hourMs);
const runAt = (hour: number, more: Partial<Run> = {}): Run => ({
  id: idAt(hour),
  startedAt: '2026-11-21T19:00:00Z',
  source: 'composed',
  phase: 'collecting',
  previous: idAt(hour - 1),
  sourceChanged: false,
  lists: {
    machines: {
      cursor: { skip: 9950, seen: [1, 2] },
      isDone: false,
      pages: [1, 1, 2],
      received: 3,
      staged: [2, 1],
      slips: 0,
    },
  },
  merged: 0,
  told: 0,
  counts: noCounts,
  cost: { ...noCost, calls: 1, tableTransactions: 2, stagingTransactions: 3, seconds: 5.25 },
  overdue: 0,
  ...more,
});
const idsOf = (runs: readonly Run[]) => runs.map(({ id }) => id);

describe.each(adapters)('the index of runs, %s', (_, create) => {
  it('is empty at first', async () => {
    const { index } = create();
    expect(await index.list({ top: 10 })).toEqual([]);
    expect(await index.read(idAt(0))).toBeUndefined();
    expect(await index.note('overdue')).toBeUndefined();
    await index.remove([idAt(0)]);
  });

  it('gives every process a run as it was saved', async () => {
    const { index, other } = create();
    const version = await index.save(runAt(0), undefined);
    expect(await other.read(idAt(0))).toEqual({ value: runAt(0), version });
    const next = await other.save(runAt(0, { phase: 'merging', reason: 'Müller’s "quota"' }), version);
    expect(await index.read(idAt(0))).toEqual({
      value: runAt(0, { phase: 'merging', reason: 'Müller’s "quota"' }),
      version: next,
    });
  });

  it('lets nobody save over what another saved meanwhile', async () => {
    const { index, other } = create();
    const first = await index.save(runAt(0), undefined);
    await other.save(runAt(0, { merged: 1 }), first);
    await expect(index.save(runAt(0, { merged: 9 }), first)).rejects.toThrow(Overtaken);
    await expect(index.save(runAt(0, { merged: 9 }), undefined)).rejects.toThrow(Overtaken);
    await expect(index.save(runAt(1), first)).rejects.toThrow(Overtaken);
    expect((await index.read(idAt(0)))?.value.merged).toBe(1);
    expect(idsOf(await index.list({ top: 10 }))).toEqual([idAt(0)]);
  });

  it('lists runs newest first, and page by page', async () => {
    const { index } = create();
    for (const hour of [3, 0, 4, 1, 2]) await index.save(runAt(hour), undefined);
    expect(idsOf(await index.list({ top: 10 }))).toEqual([4, 3, 2, 1, 0].map(idAt));
    expect(idsOf(await index.list({ top: 2 }))).toEqual([idAt(4), idAt(3)]);
    expect(idsOf(await index.list({ before: idAt(3), top: 2 }))).toEqual([idAt(2), idAt(1)]);
    expect(idsOf(await index.list({ before: idAt(0), top: 2 }))).toEqual([]);
    expect(idsOf(await index.list({ before: '20261121T203000Z', top: 1 }))).toEqual([idAt(1)]);
    expect(await index.list({ top: 1 })).toEqual([runAt(4)]);
  });

  it('keeps a run of 50,000 pages', async () => {
    const { index } = create();
    const pages = Array.from({ length: 50_000 }, (__, i) => i % 7);
    const run = runAt(0, { lists: { states: { isDone: true, pages, received: 1, staged: [], slips: 0 } } });
    const version = await index.save(run, undefined);
    expect((await index.read(run.id))?.value).toEqual(run);
    await index.save(runAt(0), version);
    expect((await index.read(run.id))?.value).toEqual(runAt(0));
  });

  it('removes runs, and does not mind those that are gone', async () => {
    const { index } = create();
    for (const hour of [0, 1, 2]) await index.save(runAt(hour), undefined);
    await index.remove([0, 7, 1].map(idAt));
    expect(idsOf(await index.list({ top: 10 }))).toEqual([idAt(2)]);
    await index.remove([]);
  });

  it('removes more runs than a transaction holds', async () => {
    const { index } = create();
    const hours = Array.from({ length: 105 }, (__, i) => i);
    for (const hour of hours) await index.save(runAt(hour), undefined);
    expect(await index.list({ top: 1000 })).toHaveLength(105);
    await index.remove(hours.slice(0, 103).map(idAt));
    expect(idsOf(await index.list({ top: 10 }))).toEqual([idAt(104), idAt(103)]);
  });

  it('keeps the last of each note', async () => {
    const { index, other } = create();
    await index.keepNote('source', { source: 'composed', until: 1_795_000_000_000 });
    await index.keepNote('source', { source: 'preview' });
    await index.keepNote('overdue', { buckets: 64 });
    expect(await other.note('source')).toEqual({ source: 'preview' });
    expect(await other.note('overdue')).toEqual({ buckets: 64 });
    expect(await other.note('floor')).toBeUndefined();
    expect(await other.list({ top: 10 })).toEqual([]);
  });

  it('holds nothing that whoever wrote or read it can change', async () => {
    const { index } = create();
    const pages = [1];
    await index.save(
      runAt(0, { lists: { states: { isDone: false, pages, received: 0, staged: [], slips: 0 } } }),
      undefined,
    );
    pages.push(2);
    expect((await index.read(idAt(0)))?.value.lists.states?.pages).toEqual([1]);
  });
});

describe('the index of runs, where storage does not always answer', () => {
  const faulty = () => {
    const name = `runs${++tables}`;
    const between = wire(client(name));
    const index = tableRunIndex(between.table, { partition, tally, clock: hasty });
    return { ...between, index, other: tableRunIndex(client(name), { partition, tally }) };
  };

  it('takes what was saved, though nobody heard of it, for saved', async () => {
    const { index, next } = faulty();
    await index.save(runAt(1), undefined);
    next(isLost);
    const first = await index.save(runAt(0), undefined);
    next(isLost);
    const second = await index.save(runAt(0, { merged: 1 }), first);
    expect(await index.read(idAt(0))).toEqual({ value: runAt(0, { merged: 1 }), version: second });
  });

  it('saves again what never arrived', async () => {
    const { index, next } = faulty();
    next(isReset);
    const version = await index.save(runAt(0), undefined);
    next(isTurnedAway, isReset);
    await index.save(runAt(0, { merged: 1 }), version);
    expect((await index.read(idAt(0)))?.value.merged).toBe(1);
  });

  it('sees that somebody else saved while the answer was lost', async () => {
    const { index, other, next } = faulty();
    const version = await index.save(runAt(0), undefined);
    next(async (send) => {
      await other.save(runAt(0, { merged: 7 }), version);
      return isReset(send);
    });
    await expect(index.save(runAt(0, { merged: 1 }), version)).rejects.toThrow(Overtaken);
  });

  it('reads, notes and removes again', async () => {
    const { index, next } = faulty();
    for (const hour of [0, 1, 2]) await index.save(runAt(hour), undefined);
    next(isReset, isTurnedAway);
    expect(await index.list({ top: 10 })).toHaveLength(3);
    next(isLost);
    await index.keepNote('floor', { run: idAt(1) });
    next(isLost, isReset);
    await index.remove([0, 1].map(idAt));
    expect(idsOf(await index.list({ top: 10 }))).toEqual([idAt(2)]);
    expect(await index.note('floor')).toEqual({ run: idAt(1) });
  });
});

describe('the index of runs, in Table storage', () => {
  it('refuses a run that a newer gateway wrote', async () => {
    const table = client(`runs${++tables}`);
    const index = tableRunIndex(table, { partition: 'tenant|app', tally });
    await index.save(runAt(0), undefined);
    const opened = await table();
    for await (const { partitionKey = '', rowKey = '' } of opened.listEntities()) {
      await opened.updateEntity({ partitionKey, rowKey, format: 2 }, 'Merge');
    }
    await expect(index.read(idAt(0))).rejects.toThrow('has the format 2; this gateway reads 1');
  });

  it('takes one transaction to list, to read, to save and to note', async () => {
    const counted = createTally();
    const index = tableRunIndex(client(`runs${++tables}`), { partition, tally: counted });
    await index.save(runAt(0), undefined);
    const before = counted.tables;
    await index.save(runAt(1), undefined);
    await index.list({ top: 1000 });
    await index.read(idAt(0));
    await index.keepNote('floor', {});
    await index.note('floor');
    expect(counted.tables - before).toBe(5);
  });
});
