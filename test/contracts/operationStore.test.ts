import type { Operation } from '../../src/operations/operation.ts';
import type { OperationStore } from '../../src/operations/operationStore.ts';
import { memoryOperationStore } from '../../src/operations/store/memoryOperationStore.ts';
import { tableOperationStore } from '../../src/operations/store/tableOperationStore.ts';
import { readSettings } from '../../src/settings.ts';
import { Overtaken } from '../../src/storage/overtaken.ts';
import { tableClient } from '../../src/storage/tableClient.ts';
import { ended, idAt, waiting } from '../operations/support/operations.ts';
import { hasty, isLost, isReset, isTurnedAway, wire } from '../snapshots/store/support/wire.ts';
import { type Azurite, startAzurite } from '../support/azurite.ts';

interface UnderTest {
  readonly store: OperationStore;
  /** Another process's view of the same operations. */
  readonly other: OperationStore;
}

const partition = "tenant's/|app";
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
      const store = memoryOperationStore();
      return { store, other: store };
    },
  ],
  [
    'in Table storage',
    () => {
      const name = `operations${++tables}`;
      const view = () => tableOperationStore(client(name), { partition });
      return { store: view(), other: view() };
    },
  ],
];

const now = async (store: OperationStore, operation: Pick<Operation, 'id'>) => {
  const found = await store.read(operation.id);
  if (!found) throw new Error(`${operation.id} is not there`);
  return found;
};

const become = async (store: OperationStore, operation: Operation) =>
  store.save(operation, (await now(store, operation)).version);

describe.each(adapters)('the store of operations, %s', (_, create) => {
  it('has nothing before anything is in it', async () => {
    const { store } = create();
    expect(await store.read(idAt(1))).toBeUndefined();
    expect(await store.list('waiting', 1e15, 10)).toEqual([]);
    expect(await store.list('ended', 1e15, 10)).toEqual([]);
    await store.remove(idAt(1));
  });

  it('gives back what was kept, whatever letters, lengths and line separators it is of', async () => {
    const { store, other } = create();
    const text = `"\u2028\u2029 ä 𝄞 ${'x'.repeat(99_000)}`;
    const caller = { id: 'a', owner: 'a/b', roles: ['Machines.Read'], groups: [1, 2] } as const;
    const long = ended(waiting(1, { caller, bodies: ['b/1'] }), 5000, {
      answer: {
        status: 404,
        headers: { etag: 'W/"1"' },
        at: 1,
        age: 3,
        retryAfter: 5,
        body: { encoding: 'utf8', text },
      },
    });
    await store.create(waiting(1));
    await become(store, long);
    expect((await now(other, long)).value).toEqual(long);
  });

  it('creates no second one with an id', async () => {
    const { store, other } = create();
    await store.create(waiting(1));
    await expect(other.create(waiting(1, { ticket: 7 }))).rejects.toThrow(Overtaken);
    expect((await now(store, waiting(1))).value.ticket).toBe(1);
  });

  it('lets the first of two writers write, and the version that was written be written on', async () => {
    const { store, other } = create();
    await store.create(waiting(1));
    const { version } = await now(store, waiting(1));
    const next = await other.save(waiting(1, { ticket: 2, due: 3000 }), version);
    await expect(store.save(waiting(1, { ticket: 3 }), version)).rejects.toThrow(Overtaken);
    await store.save(waiting(1, { ticket: 4, due: 2000 }), next);
    expect((await now(other, waiting(1))).value).toMatchObject({ ticket: 4, due: 2000 });
    expect(await other.list('waiting', 5000, 10)).toEqual([idAt(1)]);
  });

  it('writes nothing on what was removed, and nothing that was never read', async () => {
    const { store, other } = create();
    await store.create(waiting(1));
    const { version } = await now(store, waiting(1));
    await other.remove(idAt(1));
    await expect(store.save(waiting(1), version)).rejects.toThrow(Overtaken);
    await expect(store.save(waiting(2), '')).rejects.toThrow(Overtaken);
    expect(await store.read(idAt(1))).toBeUndefined();
    expect(await store.list('waiting', 1e15, 10)).toEqual([]);
  });

  it('lists what waits by when it is due, and what has ended by when it expires, those before an instant', async () => {
    const { store } = create();
    for (const [number, due] of [
      [1, 5000],
      [2, 3000],
      [3, 4000],
      [4, 9000],
    ] as const) {
      await store.create(waiting(number, { due }));
    }
    expect(await store.list('waiting', 9000, 10)).toEqual([idAt(2), idAt(3), idAt(1)]);
    expect(await store.list('waiting', 9000, 2)).toEqual([idAt(2), idAt(3)]);
    expect(await store.list('waiting', 9000, 0)).toEqual([]);
    expect(await store.list('waiting', 9000.5, 10)).toHaveLength(4);
    await become(store, ended(waiting(1), 700));
    await become(store, ended(waiting(3), 600, { state: 'failed' }));
    expect(await store.list('waiting', 9000, 10)).toEqual([idAt(2)]);
    expect(await store.list('ended', 700, 10)).toEqual([idAt(3)]);
    expect(await store.list('ended', 701, 10)).toEqual([idAt(3), idAt(1)]);
    await store.remove(idAt(3));
    expect(await store.list('ended', 701, 10)).toEqual([idAt(1)]);
  });

  it('counts what waits, of all and of one owner, up to a bound', async () => {
    const { store, other } = create();
    expect(await store.count(10, 'a')).toEqual({ all: 0, own: 0 });
    for (const [number, owner] of [...'aab'].entries()) {
      await store.create(waiting(number, { caller: { id: 'x', owner, roles: [] }, due: number * 1000 }));
    }
    expect(await other.count(10, 'a')).toEqual({ all: 3, own: 2 });
    expect(await other.count(10, 'x')).toEqual({ all: 3, own: 0 });
    expect(await other.count(1, 'a')).toEqual({ all: 1, own: 1 });
    const { value } = await now(store, { id: idAt(0) });
    await become(store, { ...value, due: 9000, ticket: 2 });
    expect(await other.count(10, 'a')).toEqual({ all: 3, own: 2 });
    await become(store, ended(value, 700));
    expect(await other.count(10, 'a')).toEqual({ all: 2, own: 1 });
  });
});

describe('the store of operations, in Table storage', () => {
  const faulty = async () => {
    const name = `operations${++tables}`;
    const between = wire(client(name));
    const mine = tableOperationStore(between.table, { partition, clock: hasty });
    const theirs = tableOperationStore(client(name), { partition });
    await theirs.create(waiting(9));
    return { mine, theirs, next: between.next };
  };

  it.each([
    ['never arrives', isReset],
    ['is turned away', isTurnedAway],
    ['is done and not answered', isLost],
  ])('creates and saves once where a write %s', async (_, fate) => {
    const { mine, theirs, next } = await faulty();
    next(fate);
    await mine.create(waiting(1));
    const { version } = await now(mine, waiting(1));
    next(fate);
    const written = await mine.save(waiting(1, { ticket: 2, due: 7000 }), version);
    await mine.save(waiting(1, { ticket: 3, due: 8000 }), written);
    expect((await now(theirs, waiting(1))).value).toMatchObject({ ticket: 3, due: 8000 });
    expect(await theirs.list('waiting', 1e15, 10)).toEqual([idAt(9), idAt(1)]);
  });

  it('removes what is half gone', async () => {
    const { mine, theirs, next } = await faulty();
    next(isLost);
    await mine.remove(idAt(9));
    expect(await theirs.read(idAt(9))).toBeUndefined();
    expect(await theirs.list('waiting', 1e15, 10)).toEqual([]);
  });

  it('keeps tenants and applications apart', async () => {
    const name = `operations${++tables}`;
    const one = tableOperationStore(client(name), { partition: 'a' });
    const other = tableOperationStore(client(name), { partition: 'b' });
    await one.create(waiting(1));
    expect(await other.read(idAt(1))).toBeUndefined();
    expect(await other.list('waiting', 1e15, 10)).toEqual([]);
  });

  it('refuses rows of a format that it does not know', async () => {
    const name = `operations${++tables}`;
    const store = tableOperationStore(client(name), { partition: 'a' });
    await store.create(waiting(1));
    const table = await client(name)();
    const rowKey = `o|${idAt(1)}`;
    for await (const { partitionKey = '' } of table.listEntities({
      queryOptions: { filter: `RowKey eq '${rowKey}'` },
    })) {
      await table.updateEntity({ partitionKey, rowKey, format: 2 }, 'Merge');
    }
    await expect(store.read(idAt(1))).rejects.toThrow('format 2');
  });
});
