import type { AlertStore, Versioned } from '../../src/enrichment/alertStore.ts';
import type { AlertRecord } from '../../src/enrichment/record.ts';
import { partOf } from '../../src/enrichment/store/alertPart.ts';
import { memoryAlertStore } from '../../src/enrichment/store/memoryAlertStore.ts';
import { tableAlertStore } from '../../src/enrichment/store/tableAlertStore.ts';
import { readSettings } from '../../src/settings.ts';
import { memoryBodies } from '../../src/storage/memoryBodies.ts';
import { Overtaken } from '../../src/storage/overtaken.ts';
import { tableClient } from '../../src/storage/tableClient.ts';
import { delivery, ended, ending, newAlert, waiting } from '../enrichment/store/support/alerts.ts';
import { type Azurite, startAzurite } from '../support/azurite.ts';

interface UnderTest {
  readonly store: AlertStore;
  /** Another process's view of the same alerts. */
  readonly other: AlertStore;
}

const partition = "tenant's/|app";
let azurite: Azurite;
let tables = 0;
beforeAll(async () => {
  azurite = await startAzurite();
});
afterAll(() => azurite.stop());

const adapters: readonly (readonly [string, () => UnderTest])[] = [
  [
    'in memory',
    () => {
      const store = memoryAlertStore();
      return { store, other: store };
    },
  ],
  [
    'in Table storage',
    () => {
      const name = `alerts${++tables}`;
      const bodies = memoryBodies();
      const settings = readSettings({ CALLER_AUTH: 'key', AzureWebJobsStorage: azurite.connectionString });
      const view = () => tableAlertStore(tableClient(settings, name), { partition, bodies });
      return { store: view(), other: view() };
    },
  ],
];

const all = { top: 1000 };

/** As it stands there now. */
const now = async (store: AlertStore, key: string): Promise<Versioned<AlertRecord>> => {
  const found = await store.read(key);
  if (!found) throw new Error(`${key} is not there`);
  return found;
};

/** Writes what an alert becomes, on what it is now. */
const become = async (store: AlertStore, record: AlertRecord, ...channels: Parameters<typeof ending>[1][]) => {
  const { version } = await now(store, record.key);
  await store.save(record, version, record.state === 'waiting' ? undefined : ending(record, ...channels));
};

const keysOf = (open: readonly { readonly key: string }[]) => open.map(({ key }) => key);

const pruneAll = async (store: AlertStore, before: string): Promise<number> => {
  let gone = 0;
  for (let part = 0; part < store.parts; part += 1) gone += await store.prune(part, Date.parse(before));
  return gone;
};

describe.each(adapters)('the store of alerts, %s', (_, create) => {
  it('has nothing before anything is in it', async () => {
    const { store } = create();
    expect(await store.read('a')).toBeUndefined();
    expect(await store.result('a', 1)).toBeUndefined();
    expect(await store.delivery({ key: 'a', sequence: 1, channel: 'queue' })).toBeUndefined();
    expect(await store.list('waiting', all)).toEqual([]);
    expect(await store.list('failed', all)).toEqual([]);
    expect(await store.deliveries(all)).toEqual([]);
    expect(await store.deliveriesOf('a')).toEqual([]);
    expect(await store.note('a')).toBeUndefined();
    expect(await store.create([])).toEqual([]);
    expect(await store.prune(0, Date.now())).toBe(0);
    await expect(store.original('a')).rejects.toThrow('What alert a came as is gone');
    await expect(store.save(waiting('a'), 'w|a W/"1"')).rejects.toThrow(Overtaken);
    await expect(store.save(waiting('a'), '')).rejects.toThrow(Overtaken);
    await store.removeDelivery({ key: 'a', sequence: 1, channel: 'queue' });
  });

  it('gives every process back what was recorded', async () => {
    const { store, other } = create();
    const first = newAlert('da636688558380765161_-2136280442', {
      machineIds: ['1e5bc9d7e413ddd7902c2932e418702b84d0cc07'],
      raisedAt: '2018-08-01T00:00:00.1234567Z',
      reason: 'its turn has not come: ä 🙂',
    });
    expect(await store.create([first, newAlert('b')])).toEqual(['created', 'created']);
    expect((await now(other, first.record.key)).value).toEqual(first.record);
    expect(await other.original(first.record.key)).toBe(first.original);
    expect(await other.original('b')).toBe('{"alertId":"b"}');
  });

  it('tells what was there before, and leaves it as it is', async () => {
    const { store, other } = create();
    await store.create([newAlert('a'), newAlert('c')]);
    const before = await now(store, 'a');
    const again = ['a', 'b', 'c', 'd'].map((id) => newAlert(id, { ticket: 9 }, '"another"'));
    expect(await other.create(again)).toEqual(['known', 'created', 'known', 'created']);
    expect(await now(store, 'a')).toEqual(before);
    expect(await store.original('a')).toBe('{"alertId":"a"}');
    expect((await now(store, 'b')).value.ticket).toBe(9);
    expect(await store.original('b')).toBe('"another"');
  });

  it('records hundreds at once, each where it is found again', async () => {
    const { store } = create();
    const ids = Array.from({ length: 700 }, (__, i) => `alert-${i}`);
    expect(new Set(await store.create(ids.map((id) => newAlert(id))))).toEqual(new Set(['created']));
    expect(new Set(await store.create(ids.map((id) => newAlert(id))))).toEqual(new Set(['known']));
    expect(new Set(keysOf(await store.list('waiting', all)))).toEqual(new Set(ids));
    expect(await store.original('alert-699')).toBe('{"alertId":"alert-699"}');
  });

  it('takes ids of any characters, and of any length', async () => {
    const { store } = create();
    const long = '#'.repeat(199);
    const ids = [
      '/',
      '\\',
      '#',
      '?',
      '%',
      '%2f',
      "'",
      "o''o",
      '|',
      'a|b',
      'a',
      'a|',
      '~',
      '!',
      '.',
      '..',
      '🙂',
      'ä',
      '\u2028',
    ];
    const odd = [...ids, `${long}1`, `${long}2`, '😀'.repeat(100), `${'x'.repeat(199)}#`];
    expect(new Set(await store.create(odd.map((id) => newAlert(id))))).toEqual(new Set(['created']));
    for (const id of odd) {
      const record = ended(waiting(id));
      await become(store, record, 'queue');
      expect((await now(store, id)).value).toEqual(record);
      expect(await store.original(id)).toBe(JSON.stringify({ alertId: id }));
      expect(await store.result(id, 1)).toBe('{"result":1}');
      expect(await store.deliveriesOf(id)).toEqual([delivery(record)]);
      await store.removeDelivery(delivery(record));
    }
    expect(await store.deliveries(all)).toEqual([]);
    expect(await pruneAll(store, '2026-12-01T00:00:00Z')).toBe(odd.length);
  });

  it('keeps originals and results of a megabyte to the letter', async () => {
    const { store, other } = create();
    const original = JSON.stringify({ text: 'Grüße 🙂 "\\ \n'.repeat(80_000) });
    expect(await store.create([newAlert('a', {}, original), newAlert('b', {}, original)])).toEqual([
      'created',
      'created',
    ]);
    expect(await other.create([newAlert('b', {}, '"other"')])).toEqual(['known']);
    const record = ended(waiting('a'));
    await store.save(record, (await now(store, 'a')).version, { result: original, deliveries: [] });
    expect((await other.original('a')) === original && (await other.original('b')) === original).toBe(true);
    expect((await other.result('a', 1)) === original).toBe(true);
  });

  it('writes a record on its version only, and says who was overtaken', async () => {
    const { store, other } = create();
    await store.create([newAlert('a')]);
    const { version } = await now(store, 'a');
    const second = await store.save(waiting('a', { ticket: 2, due: 5000 }), version);
    const late = ended(waiting('a'));
    await expect(other.save(late, version, ending(late, 'queue'))).rejects.toThrow(Overtaken);
    await expect(other.save(late, '')).rejects.toThrow(Overtaken);
    expect(await now(other, 'a')).toEqual({ value: waiting('a', { ticket: 2, due: 5000 }), version: second });
    expect(await other.result('a', 1)).toBeUndefined();
    expect(await other.deliveriesOf('a')).toEqual([]);
    await other.save(late, second, ending(late, 'queue'));
    expect((await now(store, 'a')).value).toEqual(late);
  });

  it('ends an alert with its result and all that is to be delivered', async () => {
    const { store, other } = create();
    await store.create([newAlert('a'), newAlert('b')]);
    const record = ended(waiting('a'));
    await become(store, record, 'queue', 'eventGrid', 'webhook');
    expect((await now(other, 'a')).value).toEqual(record);
    expect(await other.result('a', 1)).toBe('{"result":1}');
    expect(await other.result('a', 2)).toBeUndefined();
    expect(await other.deliveriesOf('a')).toEqual([
      delivery(record, 'eventGrid'),
      delivery(record, 'queue'),
      delivery(record, 'webhook'),
    ]);
    expect(await other.deliveriesOf('b')).toEqual([]);
    expect(keysOf(await other.list('waiting', all))).toEqual(['b']);
    expect(await other.list('failed', all)).toEqual([]);
  });

  it('lets an alert begin anew, with another result beside the first', async () => {
    const { store } = create();
    await store.create([newAlert('a')]);
    const failed = ended(waiting('a'), { state: 'failed', reason: 'given up' });
    await become(store, failed, 'queue');
    expect(keysOf(await store.list('failed', all))).toEqual(['a']);
    const anew = waiting('a', { sequence: 2, ticket: 2 });
    await become(store, anew);
    expect([await store.list('failed', all), keysOf(await store.list('waiting', all))]).toEqual([[], ['a']]);
    await become(store, ended(anew), 'queue');
    expect(await store.list('waiting', all)).toEqual([]);
    expect([await store.result('a', 1), await store.result('a', 2)]).toEqual(['{"result":1}', '{"result":2}']);
    expect((await store.deliveriesOf('a')).map(({ sequence }) => sequence)).toEqual([1, 2]);
  });

  it('lists what waits by when it is due, and no more than was asked for', async () => {
    const { store } = create();
    const dues = [
      ['c', 30],
      ['b', 10],
      ['d', 40],
      ['a', 10],
      ['e', 1_795_000_000_000],
    ] as const;
    await store.create(dues.map(([id, due]) => newAlert(id, { due })));
    const listed = async (options: Parameters<AlertStore['list']>[1]) => keysOf(await store.list('waiting', options));
    expect(await listed(all)).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(await listed({ top: 3 })).toEqual(['a', 'b', 'c']);
    expect(await listed({ top: 0 })).toEqual([]);
    expect(await listed({ top: 9, dueBefore: 40 })).toEqual(['a', 'b', 'c']);
    expect(await listed({ top: 9, dueBefore: 10 })).toEqual([]);
    await become(store, waiting('a', { due: 35, ticket: 7 }));
    expect(await listed({ top: 9, dueBefore: 1_795_000_000_000 })).toEqual(['b', 'c', 'a', 'd']);
    expect((await store.list('waiting', all))[2]).toMatchObject({ key: 'a', alertId: 'a', ticket: 7, due: 35 });
  });

  it('lists a waiting alert once however often it is put back, to the same instant too', async () => {
    const { store } = create();
    await store.create([newAlert('a', { due: 10 })]);
    for (const [at, due] of [10, 20, 20, 10].entries()) await become(store, waiting('a', { due, ticket: at + 2 }));
    expect(await store.list('waiting', all)).toMatchObject([{ key: 'a', alertId: 'a', ticket: 5, due: 10 }]);
  });

  it('lists what failed by when it ended, whatever number there is', async () => {
    const { store } = create();
    const ids = Array.from({ length: 30 }, (__, i) => `a${i + 10}`);
    await store.create([...ids, 'b', 'c'].map((id) => newAlert(id)));
    for (const [i, id] of ids.entries()) {
      await become(
        store,
        ended(waiting(id, { due: i }), { state: 'failed', finishedAt: `2026-11-21T10:00:${59 - i}Z` }),
      );
    }
    await become(store, ended(waiting('b'), { state: 'noMachine' }));
    expect(keysOf(await store.list('failed', all))).toEqual([...ids].reverse());
    expect(keysOf(await store.list('failed', { top: 2 }))).toEqual(['a39', 'a38']);
    expect(keysOf(await store.list('failed', { top: 2, dueBefore: 5 }))).toEqual(['a14', 'a13']);
  });

  it('lists a page behind the last one, wherever what that ended with is meanwhile', async () => {
    const { store } = create();
    const ids = ['a', 'b', 'c', 'd', 'e'];
    const finishedAt = '2026-11-21T10:00:00Z';
    await store.create(ids.map((id) => newAlert(id, { due: 10 })));
    const page = (state: 'waiting' | 'failed', after?: string) => store.list(state, { top: 2, after });
    const waits = await page('waiting');
    expect(keysOf(await page('waiting', waits[1]?.place))).toEqual(['c', 'd']);
    expect(keysOf(await store.list('waiting', { top: 9, dueBefore: 10, after: waits[1]?.place }))).toEqual([]);
    for (const id of ids) await become(store, ended(waiting(id), { state: 'failed', finishedAt }));
    const first = await page('failed');
    for (const id of ['a', 'b', 'c']) await become(store, waiting(id, { sequence: 2 }));
    const second = await page('failed', first[1]?.place);
    expect([first, second].map(keysOf)).toEqual([
      ['a', 'b'],
      ['d', 'e'],
    ]);
    expect(await page('failed', second[1]?.place)).toEqual([]);
  });

  it('keeps what is to be delivered on its version, and lists it until it is delivered or given up', async () => {
    const { store, other } = create();
    await store.create([newAlert('a')]);
    const record = ended(waiting('a'));
    await become(store, record, 'queue', 'webhook');
    const found = await store.delivery(delivery(record, 'webhook'));
    expect(found?.value).toEqual(delivery(record, 'webhook'));
    const tried = delivery(record, 'webhook', { ticket: 2, due: 500, tries: 1, triedSince: 400, reason: '503 ä' });
    const version = await store.saveDelivery(tried, found?.version ?? '');
    await expect(other.saveDelivery(tried, found?.version ?? '')).rejects.toThrow(Overtaken);
    expect(await other.delivery(tried)).toEqual({ value: tried, version });
    expect(await other.deliveries(all)).toEqual([tried, delivery(record)]);
    expect(await other.deliveries({ top: 1 })).toHaveLength(1);
    expect(await other.deliveries({ top: 0 })).toEqual([]);
    expect(await other.deliveries({ top: 9, dueBefore: 500 })).toEqual([]);
    expect(await other.deliveries({ top: 9, dueBefore: 501 })).toEqual([tried]);
    await store.removeDelivery(delivery(record));
    await store.removeDelivery(delivery(record));
    expect(await other.delivery(delivery(record))).toBeUndefined();
    expect(await other.deliveries(all)).toEqual([tried]);
    const givenUp = { ...tried, isGivenUp: true };
    const last = await store.saveDelivery(givenUp, version);
    expect([await other.deliveries(all), await other.deliveriesOf('a')]).toEqual([[], [givenUp]]);
    const still = await store.saveDelivery({ ...givenUp, reason: 'gone' }, last);
    await store.saveDelivery(tried, still);
    expect(await other.deliveries(all)).toEqual([tried]);
  });

  it('says so where a delivery that was read is gone', async () => {
    const { store, other } = create();
    await store.create([newAlert('a')]);
    await become(store, ended(waiting('a')), 'queue');
    const found = await store.delivery(delivery(waiting('a')));
    await other.removeDelivery(delivery(waiting('a')));
    await expect(store.saveDelivery(delivery(waiting('a')), found?.version ?? '')).rejects.toThrow(Overtaken);
    expect(await store.deliveries(all)).toEqual([]);
  });

  it('removes one that was given up', async () => {
    const { store } = create();
    await store.create([newAlert('a')]);
    await become(store, ended(waiting('a')), 'queue');
    const found = await store.delivery(delivery(waiting('a')));
    await store.saveDelivery(delivery(waiting('a'), 'queue', { isGivenUp: true }), found?.version ?? '');
    await store.removeDelivery(delivery(waiting('a')));
    expect(await store.deliveriesOf('a')).toEqual([]);
  });

  it('keeps notes under any name', async () => {
    const { store, other } = create();
    await store.keepNote('last/sweep?', '{"at":1}');
    await store.keepNote('last/sweep?', '{"at":2}');
    await store.keepNote('empty', '');
    expect([await other.note('last/sweep?'), await other.note('empty'), await other.note('other')]).toEqual([
      '{"at":2}',
      '',
      undefined,
    ]);
  });

  it('prunes what ended before an instant, whole, and only of the part asked for', async () => {
    const { store } = create();
    const ids = Array.from({ length: 40 }, (__, i) => `a${i}`);
    await store.create(ids.map((id) => newAlert(id)));
    for (const id of ids) await become(store, ended(waiting(id), id === 'a7' ? { state: 'failed' } : {}));
    const part = partOf('a7', store.parts);
    const inPart = ids.filter((id) => partOf(id, store.parts) === part);
    expect(await store.prune(part, Date.parse('2026-11-21T10:00:05.000Z'))).toBe(0);
    expect(await store.prune(part, Date.parse('2026-11-21T10:00:05.001Z'))).toBe(inPart.length);
    expect(await store.read('a7')).toBeUndefined();
    expect(await store.result('a7', 1)).toBeUndefined();
    expect(await store.list('failed', all)).toEqual([]);
    await expect(store.original('a7')).rejects.toThrow('What alert a7 came as is gone');
    expect(await store.prune(part, Date.parse('2027-01-01T00:00:00Z'))).toBe(0);
    expect(await pruneAll(store, '2027-01-01T00:00:00Z')).toBe(ids.length - inPart.length);
  });

  it('leaves what waits, what ended later, and what is still to be delivered', async () => {
    const { store } = create();
    await store.create(['waits', 'anew', 'later', 'undelivered', 'givenUp', 'gone'].map((id) => newAlert(id)));
    await become(store, ended(waiting('anew')));
    await become(store, waiting('anew', { sequence: 2 }));
    await become(store, ended(waiting('later'), { finishedAt: '2026-11-22T00:00:00.000Z' }));
    await become(store, ended(waiting('undelivered')), 'queue');
    await become(store, ended(waiting('givenUp')), 'queue', 'webhook');
    await become(store, ended(waiting('gone')));
    for (const channel of ['queue', 'webhook'] as const) {
      const found = await store.delivery(delivery(waiting('givenUp'), channel));
      await store.saveDelivery(delivery(waiting('givenUp'), channel, { isGivenUp: true }), found?.version ?? '');
    }
    expect(await pruneAll(store, '2026-11-21T12:00:00Z')).toBe(2);
    const left = await Promise.all(['waits', 'anew', 'later', 'undelivered'].map((id) => store.read(id)));
    expect(left.every((found) => found)).toBe(true);
    expect([await store.read('givenUp'), await store.read('gone'), await store.deliveriesOf('givenUp')]).toEqual([
      undefined,
      undefined,
      [],
    ]);
    expect(await store.result('anew', 1)).toBe('{"result":1}');
  });

  it('records one that was pruned as new', async () => {
    const { store } = create();
    await store.create([newAlert('a')]);
    const { version } = await now(store, 'a');
    await become(store, ended(waiting('a'), { sequence: 2 }));
    expect(await pruneAll(store, '2027-01-01T00:00:00Z')).toBe(1);
    expect(await store.create([newAlert('a', { ticket: 3 }, '"new"')])).toEqual(['created']);
    expect([(await now(store, 'a')).value, await store.original('a')]).toEqual([waiting('a', { ticket: 3 }), '"new"']);
    expect(await store.result('a', 2)).toBeUndefined();
    await expect(store.save(waiting('a'), version)).rejects.toThrow(Overtaken);
  });

  it('prunes an alert whose results are more than a transaction holds', async () => {
    const { store } = create();
    await store.create([newAlert('a')]);
    for (let sequence = 1; sequence <= 130; sequence += 1) await become(store, ended(waiting('a', { sequence })));
    expect(await pruneAll(store, '2027-01-01T00:00:00Z')).toBe(1);
    expect([await store.result('a', 1), await store.result('a', 130)]).toEqual([undefined, undefined]);
  });

  it('holds nothing that whoever wrote or read it can change', async () => {
    const { store } = create();
    const machineIds = ['a'.repeat(40)];
    await store.create([newAlert('a', { machineIds })]);
    machineIds.push('b'.repeat(40));
    const read = (await now(store, 'a')).value;
    (read.machineIds as string[]).push('c'.repeat(40));
    expect((await now(store, 'a')).value.machineIds).toEqual(['a'.repeat(40)]);
  });
});
