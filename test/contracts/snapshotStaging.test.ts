import { readSettings } from '../../src/settings.ts';
import type { StagedRows, Staging } from '../../src/snapshots/staging.ts';
import { memoryStaging } from '../../src/snapshots/store/memoryStaging.ts';
import { tableStaging } from '../../src/snapshots/store/tableStaging.ts';
import { createTally } from '../../src/snapshots/store/tally.ts';
import { tableClient } from '../../src/storage/tableClient.ts';
import { hasty, isLost, isReset, isTurnedAway, wire } from '../snapshots/store/support/wire.ts';
import { type Azurite, startAzurite } from '../support/azurite.ts';

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

/** With a number of buckets. */
const adapters: readonly (readonly [string, (buckets: number) => Staging])[] = [
  ['in memory', () => memoryStaging()],
  ['in Table storage', (buckets) => tableStaging(client(`staging${++tables}`), { partition, buckets, tally })],
];

const run = '20261121T190000Z';
const page = (number: number, more: Partial<Parameters<Staging['put']>[0]> = {}) =>
  ({ list: 'machines', run, page: number, epoch: 1, ...more }) as const;

const sorted = (rows: readonly StagedRows[]): readonly StagedRows[] =>
  [...rows].sort((a, b) => a.bucket - b.bucket || a.page - b.page);
const all = async (staging: Staging, buckets = 8) => sorted(await staging.read('machines', run, 0, buckets));
const textsOf = (rows: readonly StagedRows[]) => sorted(rows).map(({ rows: text }) => text);

/** A text for each bucket. */
const rowsOf = (buckets: number, name: string) => Array.from({ length: buckets }, (_, bucket) => `${name}${bucket}`);

describe.each(adapters)('staged pages %s', (_, create) => {
  it('are none at first', async () => {
    expect(await create(8).read('machines', run, 0, 8)).toEqual([]);
  });

  it('come back by bucket, with the page and the lease they were written under', async () => {
    const staging = create(8);
    await staging.put(page(0), ['a0', '', 'a2', '', '', '', '', 'a7']);
    await staging.put(page(1, { epoch: 5 }), ['b0', '', '', '', '', '', '', '']);
    expect(await all(staging)).toEqual([
      { bucket: 0, page: 0, epoch: 1, rows: 'a0' },
      { bucket: 0, page: 1, epoch: 5, rows: 'b0' },
      { bucket: 2, page: 0, epoch: 1, rows: 'a2' },
      { bucket: 7, page: 0, epoch: 1, rows: 'a7' },
    ]);
  });

  it.each([1, 2, 4, 64, 256])('are read from one bucket to before another, of %i', async (buckets) => {
    const staging = create(buckets);
    await staging.put(page(0), rowsOf(buckets, 'a'));
    const ranges = [
      [0, buckets],
      [0, 1],
      [buckets - 1, buckets],
      [Math.floor(buckets / 3), Math.ceil(buckets / 2)],
    ] as const;
    for (const [from, to] of ranges) {
      const texts = textsOf(await staging.read('machines', run, from, to));
      expect(texts).toEqual(rowsOf(buckets, 'a').slice(from, to));
    }
  });

  it('take the place of a page that was put before, its empty buckets too', async () => {
    const staging = create(8);
    await staging.put(page(0), rowsOf(8, 'a'));
    await staging.put(page(0, { epoch: 2 }), ['', '', '', 'b3', '', '', '', '']);
    expect(await all(staging)).toEqual([{ bucket: 3, page: 0, epoch: 2, rows: 'b3' }]);
  });

  it('of another run or list are left out', async () => {
    const staging = create(8);
    const earlier = { run: '20261121T180000Z' };
    await staging.put(page(0, earlier), rowsOf(8, 'old'));
    await staging.put(page(1, earlier), rowsOf(8, 'old'));
    await staging.put(page(0, { list: 'antivirus' }), rowsOf(8, 'av'));
    await staging.put(page(0), rowsOf(8, 'new'));
    expect(textsOf(await all(staging))).toEqual(rowsOf(8, 'new'));
    expect(textsOf(await staging.read('antivirus', run, 0, 8))).toEqual(rowsOf(8, 'av'));
    expect(textsOf(await staging.read('machines', earlier.run, 0, 8))).toEqual(rowsOf(8, 'old'));
  });

  it('hold a page of 10,000 machines, whatever their names', async () => {
    const staging = create(64);
    const line = `${JSON.stringify(['1e5bc9d7e413ddd7902c2932e418702b84d0cc07', 19045, 'Müller’s "PC" 😀', '10.0.19045'])}\n`;
    const rows = Array.from({ length: 64 }, () => line.repeat(157));
    const crowded = rows.map((text, bucket) => (bucket === 5 ? line.repeat(1000) : text));
    await staging.put(page(0), crowded);
    expect(textsOf(await all(staging, 64))).toEqual(crowded);
  });
});

describe('staged pages in Table storage', () => {
  const counted = () => {
    const counts = createTally();
    const between = wire(client(`staging${++tables}`));
    const staging = tableStaging(between.table, { partition, buckets: 64, tally: counts, clock: hasty });
    return { staging, counts, ...between };
  };

  it('take four transactions each, and one for each quarter that is read', async () => {
    const { staging, counts } = counted();
    await staging.put(page(0), rowsOf(64, 'a'));
    const before = counts.staging;
    await staging.put(page(1), rowsOf(64, 'a'));
    expect(counts.staging - before).toBe(4);
    await staging.read('machines', run, 16, 32);
    expect(counts.staging - before).toBe(5);
    await staging.read('machines', run, 15, 17);
    expect(counts.staging - before).toBe(7);
    expect(counts.tables).toBe(0);
  });

  it('are put and read again where storage does not answer', async () => {
    const { staging, next } = counted();
    await staging.put(page(0), rowsOf(64, 'a'));
    next(isLost, isReset, isTurnedAway, isLost, isReset);
    await staging.put(page(0), rowsOf(64, 'b'));
    next(isReset, isTurnedAway);
    expect(textsOf(await all(staging, 64))).toEqual(rowsOf(64, 'b'));
  });

  it('of different tenants and applications are apart', async () => {
    const table = client(`staging${++tables}`);
    const one = tableStaging(table, { partition: 'tenant|app', buckets: 4, tally });
    const two = tableStaging(table, { partition: 'tenant|app2', buckets: 4, tally });
    await one.put(page(0), rowsOf(4, 'a'));
    await two.put(page(0), rowsOf(4, 'b'));
    expect(textsOf(await all(one, 4))).toEqual(rowsOf(4, 'a'));
  });
});

describe('staged pages in memory', () => {
  it('are written by quarters, and a test may stop between them', async () => {
    let quarters = 0;
    const staging = memoryStaging({
      afterWrite() {
        quarters += 1;
        if (quarters === 2) throw new Error('killed');
      },
    });
    await expect(staging.put(page(0), rowsOf(8, 'a'))).rejects.toThrow('killed');
    expect(textsOf(await all(staging))).toEqual(rowsOf(8, 'a').slice(0, 4));
  });
});
