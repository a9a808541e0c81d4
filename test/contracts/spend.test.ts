import { systemClock } from '../../src/clock.ts';
import { memorySpend } from '../../src/quota/memorySpend.ts';
import { minuteOf, mostDead, type SpendStore, type Spent } from '../../src/quota/spend.ts';
import { encodeSpend } from '../../src/quota/spendCodec.ts';
import { tableSpend } from '../../src/quota/tableSpend.ts';
import { readSettings } from '../../src/settings.ts';
import { tableClient } from '../../src/storage/tableClient.ts';
import { type Azurite, startAzurite } from '../support/azurite.ts';

interface UnderTest {
  readonly store: SpendStore;
  /** Another process's view of the same rows. */
  readonly other: SpendStore;
  /** Puts a row of a newer gateway in its place. */
  spoil(owner: string): Promise<void>;
}

const partition = "tenant's|app";
const newer = { ...encodeSpend([]), format: 9 };

let azurite: Azurite;
let tables = 0;
beforeAll(async () => {
  azurite = await startAzurite();
});
afterAll(() => azurite.stop());

const client = (name: string, connection = azurite.connectionString) =>
  tableClient(readSettings({ CALLER_AUTH: 'key', AzureWebJobsStorage: connection }), name);

const adapters: readonly (readonly [string, () => UnderTest])[] = [
  [
    'in memory',
    () => {
      const store = memorySpend(systemClock);
      return { store, other: store, spoil: async (owner) => store.overwrite(owner, newer) };
    },
  ],
  [
    'in Table storage',
    () => {
      const name = `spend${++tables}`;
      const spoil = async (owner: string) => {
        await (await client(name)()).upsertEntity({ partitionKey: partition, rowKey: `spend-${owner}`, ...newer });
      };
      return { store: tableSpend(client(name), partition), other: tableSpend(client(name), partition), spoil };
    },
  ],
];

const spent = (caller: string, count = 1): Spent => ({
  minute: minuteOf(Date.now()),
  quota: 'listMachines',
  kind: 'background',
  caller,
  count,
});
const longAgo = 0;
const later = () => Date.now() + 60_000;
const ownersOf = async (store: SpendStore) => (await store.read(longAgo)).rows.map(({ owner }) => owner).sort();

describe.each(adapters)('what was spent, %s', (_, create) => {
  it('is nothing before the first row', async () => {
    const { store } = create();
    expect(await store.read(longAgo)).toEqual({ rows: [], unreadable: 0 });
    expect(await store.dead(later())).toEqual([]);
  });

  it('is given back to every process, with the owner and the time of each row', async () => {
    const { store, other } = create();
    await store.save({ owner: 'a-1', spent: [spent('key-1', 3), spent('key-2', 500)] }, []);
    await other.save({ owner: 'b-2', spent: [] }, []);
    const { rows } = await other.read(longAgo);
    const [first, second] = [...rows].sort((a, b) => a.owner.localeCompare(b.owner));
    expect(first).toMatchObject({ owner: 'a-1', spent: [spent('key-1', 3), spent('key-2', 500)] });
    expect(second).toMatchObject({ owner: 'b-2', spent: [] });
    expect(Math.abs((first?.savedAt ?? 0) - Date.now())).toBeLessThan(60_000);
  });

  it('is the last row of each process', async () => {
    const { store } = create();
    await store.save({ owner: 'a', spent: [spent('key-1', 3)] }, []);
    await store.save({ owner: 'a', spent: [spent('key-1', 4)] }, []);
    expect((await store.read(longAgo)).rows.map((row) => row.spent)).toEqual([[spent('key-1', 4)]]);
  });

  it('is told without the rows that are too old, and these are named', async () => {
    const { store } = create();
    await store.save({ owner: 'a', spent: [] }, []);
    expect((await store.read(later())).rows).toEqual([]);
    expect(await store.dead(later())).toEqual(['a']);
    expect(await store.dead(longAgo)).toEqual([]);
  });

  it('loses the rows of dead processes with the next one that is written', async () => {
    const { store, other } = create();
    for (const owner of ['a', 'b', 'c']) await store.save({ owner, spent: [] }, []);
    await other.save({ owner: 'd', spent: [] }, ['a', 'c']);
    expect(await ownersOf(store)).toEqual(['b', 'd']);
  });

  it('stays as it is where one of those is gone already', async () => {
    const { store } = create();
    await store.save({ owner: 'a', spent: [] }, []);
    await expect(store.save({ owner: 'b', spent: [] }, ['a', 'gone'])).rejects.toThrow();
    expect(await ownersOf(store)).toEqual(['a']);
  });

  it('names no more dead processes than one write removes', async () => {
    const { store } = create();
    const owners = Array.from({ length: mostDead + 5 }, (_, i) => `dead${i}`);
    await Promise.all(owners.map((owner) => store.save({ owner, spent: [] }, [])));
    const dead = await store.dead(later());
    expect(dead).toHaveLength(mostDead);
    await store.save({ owner: 'alive', spent: [] }, dead);
    expect(await ownersOf(store)).toHaveLength(6);
  });

  it('counts the rows that it can’t read', async () => {
    const { store, spoil } = create();
    await store.save({ owner: 'a', spent: [spent('key-1')] }, []);
    await spoil('b');
    const { rows, unreadable } = await store.read(longAgo);
    expect({ owners: rows.map(({ owner }) => owner), unreadable }).toEqual({ owners: ['a'], unreadable: 1 });
  });
});

describe('what was spent, in Table storage', () => {
  it('shares its partition with the ledgers and leaves them alone', async () => {
    const table = client('shared');
    await (await table()).createTable();
    await (await table()).createEntity({ partitionKey: partition, rowKey: 'listMachines', format: 2 });
    const store = tableSpend(table, partition);
    await store.save({ owner: 'a', spent: [] }, []);
    expect(await ownersOf(store)).toEqual(['a']);
    expect(await store.dead(later())).toEqual(['a']);
  });

  it('is said not to be known when the store does not answer', async () => {
    const gone = await startAzurite();
    const store = tableSpend(client('spend', gone.connectionString), partition);
    await store.save({ owner: 'a', spent: [] }, []);
    await gone.stop();
    await expect(store.read(longAgo)).rejects.toThrow();
    await expect(store.save({ owner: 'a', spent: [] }, [])).rejects.toThrow();
  });
});
