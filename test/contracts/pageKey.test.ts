import { memoryPageKey } from '../../src/machines/memoryPageKey.ts';
import type { PageKey } from '../../src/machines/pageKey.ts';
import { tablePageKey } from '../../src/machines/tablePageKey.ts';
import { readSettings } from '../../src/settings.ts';
import { tableClient } from '../../src/storage/tableClient.ts';
import { type Azurite, startAzurite } from '../support/azurite.ts';

let azurite: Azurite;
let tables = 0;
beforeAll(async () => {
  azurite = await startAzurite();
});
afterAll(() => azurite.stop());

const client = (name: string, at = azurite) =>
  tableClient(readSettings({ CALLER_AUTH: 'key', AzureWebJobsStorage: at.connectionString }), name);
const partition = 'tenant|app';

/** The same secret as two processes have it. */
const adapters: readonly (readonly [string, () => readonly [PageKey, PageKey]])[] = [
  [
    'in memory',
    () => {
      const key = memoryPageKey();
      return [key, key];
    },
  ],
  [
    'in Table storage',
    () => {
      const name = `answers${++tables}`;
      return [tablePageKey(client(name), partition), tablePageKey(client(name), partition)];
    },
  ],
];

describe.each(adapters)('the key of page links %s', (_, create) => {
  it('is 32 bytes, and the same each time', async () => {
    const [key] = create();
    const secret = await key.get();
    expect(secret).toBeInstanceOf(Uint8Array);
    expect(secret.byteLength).toBe(32);
    expect(await key.get()).toEqual(secret);
  });

  it('is the same in all processes, those that ask at the same moment, too', async () => {
    const [key, other] = create();
    const secrets = await Promise.all([key.get(), other.get(), key.get(), other.get()]);
    for (const secret of secrets) expect(Buffer.from(secret)).toEqual(Buffer.from(secrets[0] ?? []));
  });

  it('is another one in another store', async () => {
    const [[one], [two]] = [create(), create()];
    expect(Buffer.from(await one.get())).not.toEqual(Buffer.from(await two.get()));
  });
});

describe('the key of page links in Table storage', () => {
  it('is asked for once', async () => {
    let clients = 0;
    const key = tablePageKey(() => {
      clients++;
      return client('once')();
    }, partition);
    await Promise.all([key.get(), key.get()]);
    await key.get();
    expect(clients).toBe(1);
  });

  it('is made once, in a table that is there already, by many processes', async () => {
    await (await client('crowded')()).createTable();
    const secrets = await Promise.all(span(8).map(() => tablePageKey(client('crowded'), partition).get()));
    expect(new Set(secrets.map((secret) => Buffer.from(secret).toString('hex'))).size).toBe(1);
  });

  it('is not made up when the store does not answer, and is had when it does again', async () => {
    const gone = await startAzurite();
    const stored = client('gone', gone);
    await tablePageKey(stored, partition).get();
    await gone.stop();
    let isBack = false;
    const key = tablePageKey(() => (isBack ? client('back')() : stored()), partition);
    await expect(key.get()).rejects.toThrow();
    isBack = true;
    expect((await key.get()).byteLength).toBe(32);
  });

  it('is refused where something else stands in its place', async () => {
    const table = await client('spoilt')();
    await table.createTable();
    await table.createEntity({ partitionKey: partition, rowKey: 'pageKey', secret: 'abc' });
    await expect(tablePageKey(client('spoilt'), partition).get()).rejects.toThrow(
      "row 'pageKey' of partition 'tenant|app' holds no secret of 32 bytes",
    );
  });
});

const span = (length: number): readonly number[] => Array.from({ length }, (_, i) => i);
