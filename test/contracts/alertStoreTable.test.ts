import type { TableClient } from '@azure/data-tables';
import { tableAlertStore } from '../../src/enrichment/store/tableAlertStore.ts';
import { readSettings } from '../../src/settings.ts';
import { memoryBodies } from '../../src/storage/memoryBodies.ts';
import { Overtaken } from '../../src/storage/overtaken.ts';
import { tableClient } from '../../src/storage/tableClient.ts';
import { delivery, ended, ending, newAlert, waiting } from '../enrichment/store/support/alerts.ts';
import { type Fate, hasty, isLost, isReset, isTurnedAway, passes, wire } from '../snapshots/store/support/wire.ts';
import { type Azurite, startAzurite } from '../support/azurite.ts';

const partition = "tenant's/|app";
const all = { top: 1000 };
const old = Date.parse('2027-01-01T00:00:00Z');
const long = JSON.stringify('x'.repeat(1_000_000));
let azurite: Azurite;
let tables = 0;
beforeAll(async () => {
  azurite = await startAzurite();
});
afterAll(() => azurite.stop());

const client = (name: string) =>
  tableClient(readSettings({ CALLER_AUTH: 'key', AzureWebJobsStorage: azurite.connectionString }), name);

/** All in one part, so that alerts travel together. */
const counted = (table: () => Promise<TableClient> = client(`alerts${++tables}`), parts = 1) => {
  const bodies = memoryBodies();
  let asked = 0;
  const store = tableAlertStore(table, { partition, bodies, parts, clock: hasty, onRequest: () => (asked += 1) });
  const costOf = async (act: () => Promise<unknown>) => {
    const before = asked;
    await act();
    return asked - before;
  };
  return { store, bodies, costOf };
};

/** A store on a wire that fails as told, another beside it, and a table that is there. */
const faulty = async () => {
  const name = `alerts${++tables}`;
  const between = wire(client(name));
  const mine = counted(between.table);
  const theirs = counted(client(name));
  await theirs.store.create([newAlert('there')]);
  const now = async (key: string) => (await theirs.store.read(key))?.value;
  const version = async (key: string) => (await theirs.store.read(key))?.version ?? '';
  return { ...mine, next: between.next, other: theirs.store, otherBodies: theirs.bodies, now, version };
};

/** Somebody else acts, and the request never arrives; or it arrives then. */
const onceHappened =
  (act: () => Promise<unknown>, fate: Fate): Fate =>
  async (send) => {
    await act();
    return fate(send);
  };

describe('the store of alerts, in Table storage', () => {
  it('takes one transaction for 33 alerts, and one request to read, put back, end, and deliver one', async () => {
    const { store, costOf } = counted();
    await store.create([newAlert('first')]);
    const ids = Array.from({ length: 33 }, (_, i) => `a${i}`);
    expect(await costOf(() => store.create(ids.map((id) => newAlert(id))))).toBe(1);
    expect(await costOf(() => store.create([...ids, 'b'].map((id) => newAlert(`${id}x`))))).toBe(2);
    expect(await costOf(() => store.read('a0'))).toBe(1);
    let { version = '' } = (await store.read('a0')) ?? {};
    expect(await costOf(async () => (version = await store.save(waiting('a0', { due: 9 }), version)))).toBe(1);
    const record = ended(waiting('a0'));
    const all3 = ending(record, 'queue', 'eventGrid', 'webhook');
    expect(await costOf(async () => (version = await store.save(record, version, all3)))).toBe(1);
    expect(await costOf(() => store.result('a0', 1))).toBe(1);
    const found = await store.delivery(delivery(record));
    expect(await costOf(() => store.saveDelivery(delivery(record, 'queue', { due: 1 }), found?.version ?? ''))).toBe(1);
    expect(await costOf(() => store.removeDelivery(delivery(record)))).toBe(1);
    expect(await costOf(() => store.list('waiting', { top: 10, dueBefore: 5000 }))).toBe(1);
    expect(await costOf(() => store.deliveries({ top: 10, dueBefore: 5000 }))).toBe(1);
  });

  it('asks for no more deliveries than it is told to, however many are overdue', async () => {
    const { store, costOf } = counted();
    const ids = Array.from({ length: 24 }, (_, at) => `a${at}`);
    await store.create(ids.map((id) => newAlert(id)));
    for (const id of ids) {
      const record = ended(waiting(id));
      const deliveries = Array.from({ length: 45 }, (_, at) => delivery({ ...record, sequence: at + 1 }));
      await store.save(record, (await store.read(id))?.version ?? '', { result: '{}', deliveries });
    }
    expect(await store.deliveries(all)).toHaveLength(1000);
    expect(await costOf(() => store.deliveries({ top: 10, dueBefore: 5000 }))).toBe(1);
  });

  it('takes one request more to tell each that was there', async () => {
    const { store, costOf } = counted();
    await store.create([newAlert('a')]);
    expect(await costOf(() => store.create([newAlert('a')]))).toBe(2);
    expect(await costOf(() => store.create([newAlert('a'), newAlert('b'), newAlert('c')]))).toBe(5);
  });

  it('spreads large originals over transactions of less than 4 MiB', async () => {
    const { store } = counted();
    const original = JSON.stringify('"ä'.repeat(50_000));
    const ids = Array.from({ length: 20 }, (_, i) => `a${i}`);
    expect(new Set(await store.create(ids.map((id) => newAlert(id, {}, original))))).toEqual(new Set(['created']));
    expect((await store.original('a19')) === original).toBe(true);
  });

  it('puts what is too long for a row into a body of its own, and removes it with the alert', async () => {
    const { store, bodies } = counted();
    await store.create([newAlert('a', {}, long), newAlert('b')]);
    const record = ended(waiting('a'));
    await store.save(record, (await store.read('a'))?.version ?? '', { result: long, deliveries: [] });
    const places = bodies.names().map((name) => name.split('/').slice(1, -1));
    expect(places).toEqual([
      ['a', 'original'],
      ['a', 'result-1'],
    ]);
    expect(await store.prune(0, old)).toBe(1);
    expect(bodies.names()).toEqual([]);
  });

  it('does not write the long original of an alert that is there', async () => {
    const { store, bodies } = counted();
    await store.create([newAlert('a')]);
    let puts = 0;
    const put = bodies.put;
    Object.assign(bodies, { put: (name: string, text: string) => put(name, text).then(() => (puts += 1)) });
    expect(await store.create([newAlert('a', {}, long), newAlert('b', {}, long)])).toEqual(['known', 'created']);
    expect(puts).toBe(1);
  });

  it('says which body is gone', async () => {
    const { store, bodies } = counted();
    await store.create([newAlert('a', {}, long)]);
    const [name = ''] = bodies.names();
    await bodies.remove(name);
    await expect(store.original('a')).rejects.toThrow(`The body ${name} is gone`);
  });

  it('has no result whose body is gone', async () => {
    const { store, bodies } = counted();
    await store.create([newAlert('a')]);
    const record = ended(waiting('a'));
    await store.save(record, (await store.read('a'))?.version ?? '', { result: long, deliveries: [] });
    for (const name of bodies.names()) await bodies.remove(name);
    expect(await store.result('a', 1)).toBeUndefined();
  });

  it('keeps tenants and applications apart', async () => {
    const table = client(`alerts${++tables}`);
    const bodies = memoryBodies();
    const one = tableAlertStore(table, { partition: 'tenant|app', bodies });
    const two = tableAlertStore(table, { partition: 'tenant|app2', bodies });
    await one.create([newAlert('a')]);
    await one.keepNote('n', '1');
    expect([await two.read('a'), await two.note('n'), await two.list('waiting', all)]).toEqual([
      undefined,
      undefined,
      [],
    ]);
    expect(await two.create([newAlert('a')])).toEqual(['created']);
  });

  it('tells of each new alert exactly one of many who bring it at once', async () => {
    const table = client(`alerts${++tables}`);
    const stores = Array.from({ length: 6 }, () =>
      tableAlertStore(table, { partition, bodies: memoryBodies(), parts: 2 }),
    );
    const ids = Array.from({ length: 60 }, (_, i) => `a${i}`);
    const told = await Promise.all(
      stores.map(async (store, at) => {
        const mine = ids.filter((_, i) => (i + at) % 3 !== 0);
        const kinds = await store.create(mine.map((id) => newAlert(id, {}, `"${at}"`)));
        return mine.filter((_, i) => kinds[i] === 'created').map((id) => [id, `"${at}"`] as const);
      }),
    );
    const creators = told.flat();
    expect(creators.map(([id]) => id).sort()).toEqual([...ids].sort());
    for (const [id, original] of creators) expect(await stores[0]?.original(id)).toBe(original);
  });

  it('lets one of many who end an alert at once do it', async () => {
    const { store } = counted();
    await store.create([newAlert('a')]);
    const { version = '' } = (await store.read('a')) ?? {};
    const ends = await Promise.allSettled(
      Array.from({ length: 8 }, (_, at) =>
        store.save(ended(waiting('a'), { calls: at }), version, {
          result: `${at}`,
          deliveries: [delivery(waiting('a'))],
        }),
      ),
    );
    const won = ends.findIndex(({ status }) => status === 'fulfilled');
    expect(ends.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(ends.every((end) => end.status === 'fulfilled' || end.reason instanceof Overtaken)).toBe(true);
    expect([(await store.read('a'))?.value.calls, await store.result('a', 1)]).toEqual([won, `${won}`]);
  });
});

describe('the store of alerts, where storage does not always answer', () => {
  it.each([
    ['lost its answer', [isLost]],
    ['was reset', [isReset]],
    ['was turned away twice', [isTurnedAway, passes, isTurnedAway]],
    ['was reset, and then lost its answer', [isReset, passes, isLost]],
    ['lost its answer, and then the look at it', [isLost, isReset, isTurnedAway]],
  ])('has created what it created, though the request %s', async (_, fates) => {
    const { store, next, other } = await faulty();
    next(...fates);
    expect(await store.create([newAlert('a')])).toEqual(['created']);
    expect(await other.create([newAlert('a')])).toEqual(['known']);
    expect((await other.list('waiting', all)).map(({ key }) => key)).toEqual(['a', 'there']);
  });

  it('has not created what somebody else created meanwhile', async () => {
    const { store, next, other } = await faulty();
    next(onceHappened(() => other.create([newAlert('a', {}, '"theirs"')]), isReset));
    expect(await store.create([newAlert('a'), newAlert('b')])).toEqual(['known', 'created']);
    expect([await other.original('a'), await other.original('b')]).toEqual(['"theirs"', '{"alertId":"b"}']);
  });

  it('has created it, even where somebody has ended it before the answer was missed', async () => {
    const { store, next, other, version, now } = await faulty();
    next(async (send) => {
      await send();
      await other.save(ended(waiting('a')), await version('a'), ending(waiting('a'), 'queue'));
      return isReset(send);
    });
    expect(await store.create([newAlert('a')])).toEqual(['created']);
    expect((await now('a'))?.state).toBe('enriched');
  });

  it('has created it where the request arrives late, after it was sent again', async () => {
    const { store, next, other } = await faulty();
    let late = async (): Promise<unknown> => undefined;
    next(
      async (send) => {
        late = send;
        return isReset(send);
      },
      passes,
      async (send) => {
        await late();
        return send();
      },
    );
    expect(await store.create([newAlert('a'), newAlert('b')])).toEqual(['created', 'created']);
    expect(await other.list('waiting', all)).toHaveLength(3);
  });

  it('leaves no body behind of an alert that somebody else created meanwhile', async () => {
    const { store, bodies, next, other } = await faulty();
    next(
      passes,
      onceHappened(() => other.create([newAlert('a')]), passes),
    );
    expect(await store.create([newAlert('a', {}, long)])).toEqual(['known']);
    expect(bodies.names()).toEqual([]);
  });

  it('gives up creating after some tries, with the fault of the service', async () => {
    const { store, next, now } = await faulty();
    next(...Array.from({ length: 30 }, () => isTurnedAway));
    await expect(store.create([newAlert('a')])).rejects.toThrow('The server is busy');
    expect(await now('a')).toBeUndefined();
  });

  it.each([
    ['lost its answer', [isLost]],
    ['was reset twice', [isReset, passes, isReset]],
    ['lost its answer, and then the look at it', [isLost, isTurnedAway]],
  ])('has ended an alert though the request %s', async (_, fates) => {
    const { store, next, other, version, now } = await faulty();
    const before = await version('there');
    const record = ended(waiting('there'), { state: 'failed' });
    next(...fates);
    const second = await store.save(record, before, ending(record, 'queue', 'webhook'));
    expect(second).toBe(await version('there'));
    expect(await now('there')).toEqual(record);
    expect([await other.list('waiting', all), (await other.list('failed', all)).length]).toEqual([[], 1]);
    expect(await other.deliveriesOf('there')).toHaveLength(2);
    await store.save(waiting('there', { sequence: 2 }), second);
    expect([(await other.list('waiting', all)).length, await other.list('failed', all)]).toEqual([1, []]);
  });

  it('sees that somebody else ended it while the answer was lost, with the same words too', async () => {
    const { store, bodies, next, other, version } = await faulty();
    const before = await version('there');
    const record = ended(waiting('there'));
    next(onceHappened(() => other.save(record, before, ending(record, 'queue')), isReset));
    await expect(store.save(record, before, { result: long, deliveries: [] })).rejects.toThrow(Overtaken);
    expect(await other.result('there', 1)).toBe('{"result":1}');
    expect(bodies.names()).toEqual([]);
  });

  it('keeps the result that was written, where somebody wrote after it and its answer was lost', async () => {
    const { store, bodies, next, other, version, now } = await faulty();
    const record = ended(waiting('there'));
    next(async (send) => {
      await send();
      await other.save(waiting('there', { sequence: 2 }), await version('there'));
      return isReset(send);
    });
    await expect(store.save(record, await version('there'), { result: long, deliveries: [] })).rejects.toThrow(
      Overtaken,
    );
    expect((await now('there'))?.sequence).toBe(2);
    expect(bodies.names()).toHaveLength(1);
    expect((await store.result('there', 1)) === long).toBe(true);
  });

  it('has saved and removed a delivery though nobody heard of it', async () => {
    const { store, next, other, version } = await faulty();
    const record = ended(waiting('there'));
    await other.save(record, await version('there'), ending(record, 'queue'));
    const found = await store.delivery(delivery(record));
    const tried = delivery(record, 'queue', { ticket: 2, tries: 1 });
    next(isLost);
    const saved = await store.saveDelivery(tried, found?.version ?? '');
    expect(await other.delivery(tried)).toEqual({ value: tried, version: saved });
    next(isLost, isReset, isTurnedAway);
    await store.removeDelivery(tried);
    expect([await other.delivery(tried), await other.deliveries(all)]).toEqual([undefined, []]);
  });

  it('reads and lists again', async () => {
    const { store, next } = await faulty();
    next(isReset, isTurnedAway);
    expect((await store.read('there'))?.value.key).toBe('there');
    next(isReset, isTurnedAway);
    expect(await store.list('waiting', all)).toHaveLength(1);
  });

  it('does not prune an alert that begins anew meanwhile, nor its bodies', async () => {
    const { store, bodies, next, other, version, now } = await faulty();
    await store.create([newAlert('a', {}, long)]);
    await other.save(ended(waiting('a')), await version('a'), ending(waiting('a')));
    const anew = async () => other.save(waiting('a', { sequence: 2 }), await version('a'));
    next(...Array.from({ length: 5 }, () => passes), onceHappened(anew, passes));
    expect(await store.prune(0, old)).toBe(0);
    expect((await now('a'))?.sequence).toBe(2);
    expect(bodies.names()).toHaveLength(1);
    expect((await store.original('a')) === long).toBe(true);
  });

  it('prunes an alert though the answer was lost, with its bodies', async () => {
    const { store, bodies, next, other, version, now } = await faulty();
    await store.create([newAlert('a', {}, long)]);
    await other.save(ended(waiting('a')), await version('a'), ending(waiting('a')));
    next(...Array.from({ length: 5 }, () => passes), isLost);
    expect(await store.prune(0, old)).toBe(1);
    expect([await now('a'), bodies.names()]).toEqual([undefined, []]);
  });
});
