import { systemClock } from '../../src/clock.ts';
import { timingFor } from '../../src/quota/guard.ts';
import { type Ledger, LostAnswer, type Version } from '../../src/quota/ledger.ts';
import { type Entry, type LedgerRow, LedgerUnreadable } from '../../src/quota/ledgerRow.ts';
import { parseLimits } from '../../src/quota/limits.ts';
import { memoryLedger } from '../../src/quota/memoryLedger.ts';
import { usualPolicy } from '../../src/quota/policy.ts';
import { tableLedger } from '../../src/quota/tableLedger.ts';
import { readSettings } from '../../src/settings.ts';
import { tableClient } from '../../src/storage/tableClient.ts';
import { type Azurite, startAzurite } from '../support/azurite.ts';

interface UnderTest {
  readonly ledger: Ledger;
  /** Another process's view of the same ledger. */
  readonly other: Ledger;
  /** Puts something unreadable in its place. */
  spoil(): Promise<void>;
}

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
      const ledger = memoryLedger(systemClock);
      return { ledger, other: ledger, spoil: async () => ledger.overwrite({ format: 2, seq: 'x' }) };
    },
  ],
  [
    'in Table storage',
    () => {
      const name = `quota${++tables}`;
      const key = { partition: 'tenant|app', quota: 'listMachines' };
      const spoil = async () => {
        const entity = { partitionKey: key.partition, rowKey: key.quota, format: 2, seq: 'x' };
        await (await client(name)()).upsertEntity(entity, 'Replace');
      };
      return { ledger: tableLedger(client(name), key), other: tableLedger(client(name), key), spoil };
    },
  ],
];

const limits = parseLimits('100/60,1500/3600');
const row = (seq: number, more: Partial<LedgerRow> = {}): LedgerRow => ({
  seq,
  epoch: 'first',
  writers: ['a-b.1'],
  notBefore: 1_795_000_000_000,
  limits,
  timing: timingFor(limits),
  policy: usualPolicy,
  log: [
    { at: 1_795_000_000_000, by: 'interactive' },
    { at: 1_795_000_000_001, by: 'background' },
    { at: 1_795_000_123_456, by: 'foreign' },
  ],
  held: [{ at: 1_795_000_200_000, by: 'enrichment', owner: 'a-b', number: 3 }],
  told: [{ at: 1_795_000_300_000, by: 'interactive', guaranteed: false }],
  turns: [{ owner: 'a-b', by: 'background' }],
  block: { until: 1_795_000_200_000, seconds: 8, probe: undefined },
  learningSince: 1_794_999_000_000,
  foreignGone: 7,
  burst: { calls: 20, seenAt: 1_795_000_000_000 },
  ...more,
});

const written = async (ledger: Ledger, from: Version | undefined, next: LedgerRow): Promise<Version> => {
  const swap = await ledger.swap(from, next);
  if (swap.kind === 'overtaken') throw new Error('overtaken');
  return swap.version;
};

describe.each(adapters)('the ledger %s', (_, create) => {
  it('is none before the first write', async () => {
    expect(await create().ledger.read()).toBeUndefined();
  });

  it('gives back what was written, to every process', async () => {
    const { ledger, other } = create();
    await written(ledger, undefined, row(1));
    expect((await other.read())?.row).toEqual(row(1));
  });

  it('names the version it wrote as a reader sees it', async () => {
    const { ledger, other } = create();
    const version = await written(ledger, undefined, row(1));
    expect(await other.read()).toEqual(version);
    const second = await written(ledger, version, row(2));
    expect(await other.read()).toEqual(second);
  });

  it('refuses a second first write, and changes nothing', async () => {
    const { ledger, other } = create();
    await written(ledger, undefined, row(1));
    expect(await other.swap(undefined, row(7))).toEqual({ kind: 'overtaken' });
    expect((await ledger.read())?.row.seq).toBe(1);
  });

  it('refuses a write based on an older version, and changes nothing', async () => {
    const { ledger, other } = create();
    const first = await written(ledger, undefined, row(1));
    await written(ledger, first, row(2));
    expect(await other.swap(first, row(7))).toEqual({ kind: 'overtaken' });
    expect((await ledger.read())?.row.seq).toBe(2);
  });

  it('lets exactly one of many writers on one version win', async () => {
    const { ledger, other } = create();
    const first = await written(ledger, undefined, row(1));
    const swaps = await Promise.all(
      Array.from({ length: 16 }, (_, i) => (i % 2 ? ledger : other).swap(first, row(100 + i))),
    );
    const winners = swaps.flatMap((swap, i) => (swap.kind === 'written' ? [100 + i] : []));
    expect(winners).toHaveLength(1);
    expect((await ledger.read())?.row.seq).toBe(winners[0]);
  });

  it('tells its time in whole milliseconds, which never runs backwards from write to write', async () => {
    const { ledger } = create();
    const before = await ledger.stamp();
    const first = await written(ledger, undefined, row(1));
    const after = await ledger.stamp();
    expect(Number.isInteger(before) && Number.isInteger(first.stampedAt)).toBe(true);
    expect(before).toBeLessThanOrEqual(first.stampedAt);
    expect(first.stampedAt).toBeLessThanOrEqual(after);
    expect(Math.abs(after - Date.now())).toBeLessThan(60_000);
  });

  it('keeps a full hour', async () => {
    const { ledger } = create();
    const log = Array.from({ length: 1500 }, (_, i): Entry => ({ at: 1_795_000_000_000 + i * 2401, by: 'background' }));
    await written(ledger, undefined, row(1, { log, held: [], told: [] }));
    expect((await ledger.read())?.row.log).toEqual(log);
  });

  it('says that it cannot be read rather than give what it cannot understand', async () => {
    const { ledger, spoil } = create();
    await written(ledger, undefined, row(1));
    await spoil();
    await expect(ledger.read()).rejects.toThrow(LedgerUnreadable);
  });
});

describe('the ledger in Table storage', () => {
  const key = { partition: 'tenant|app', quota: 'listMachines' };

  it('reports an unknown outcome as such when the store does not answer', async () => {
    const gone = await startAzurite();
    const settings = readSettings({ CALLER_AUTH: 'key', AzureWebJobsStorage: gone.connectionString });
    const ledger = tableLedger(tableClient(settings, 'quota'), key);
    const first = await written(ledger, undefined, row(1));
    await gone.stop();
    await expect(ledger.swap(first, row(2))).rejects.toThrow(LostAnswer);
    await expect(ledger.read()).rejects.toThrow();
  });

  it('passes on a refusal as what it is', async () => {
    const wrongKey = azurite.connectionString.replace(/AccountKey=[^;]+/, 'AccountKey=AAAA');
    const ledger = tableLedger(
      tableClient(readSettings({ CALLER_AUTH: 'key', AzureWebJobsStorage: wrongKey }), 'quota'),
      key,
    );
    await expect(ledger.swap(undefined, row(1))).rejects.toMatchObject({ statusCode: 403 });
  });

  it('comes back when its table is deleted under it', async () => {
    const table = client('deleted');
    const ledger = tableLedger(table, key);
    const first = await written(ledger, undefined, row(1));
    await (await table()).deleteTable();
    expect(await ledger.swap(first, row(2))).toEqual({ kind: 'overtaken' });
    expect(await ledger.read()).toBeUndefined();
    await written(ledger, undefined, row(1));
    expect(await ledger.stamp()).toBeGreaterThan(0);
  });
});
