import { QueueClient } from '@azure/storage-queue';
import { systemClock } from '../../src/clock.ts';
import { memoryQueueReader } from '../../src/storage/memoryQueueReader.ts';
import type { QueueReader } from '../../src/storage/queueReader.ts';
import { storageQueueReader } from '../../src/storage/storageQueueReader.ts';
import { type Azurite, startAzurite } from '../support/azurite.ts';
import { until } from '../support/until.ts';

interface UnderTest {
  readonly reader: QueueReader;
  put(text: string): Promise<unknown>;
}

let azurite: Azurite;
let queues = 0;
beforeAll(async () => {
  azurite = await startAzurite();
});
afterAll(() => azurite.stop());

const inStorage = (): UnderTest => {
  const name = `alerts-${++queues}-poison`;
  const connection = azurite.connectionString;
  const client = new QueueClient(connection, name);
  const made = client.create();
  return {
    reader: storageQueueReader({ connection }, name),
    async put(text) {
      await made;
      await client.sendMessage(text);
    },
  };
};

const adapters: readonly (readonly [string, () => UnderTest])[] = [
  [
    'in memory',
    () => {
      const reader = memoryQueueReader(systemClock);
      return { reader, put: async (text) => reader.put(text) };
    },
  ],
  ['in Queue storage', inStorage],
];

const textsOf = (messages: Awaited<ReturnType<QueueReader['take']>>) => messages.map(({ text }) => text);

describe.each(adapters)('a queue %s that is read', (_, create) => {
  it('gives what was put into it as it stands there, the oldest first, and no more than asked for', async () => {
    const { reader, put } = create();
    for (const text of ['{"a":1}', 'eyJhIjoxfQ==', '<third & last>']) await put(text);
    expect(textsOf(await reader.take(2, 60))).toEqual(['{"a":1}', 'eyJhIjoxfQ==']);
    expect(textsOf(await reader.take(32, 60))).toEqual(['<third & last>']);
    expect(await reader.take(32, 60)).toEqual([]);
  });

  it('counts hidden messages, and none that were removed', async () => {
    const { reader, put } = create();
    for (const text of ['first', 'second', 'third']) await put(text);
    const [first] = await reader.take(2, 60);
    expect(await reader.length()).toBe(3);
    await first?.remove();
    expect(await reader.length()).toBe(2);
  });

  it('gives a message again that was not removed in its time', async () => {
    const { reader, put } = create();
    await put('text');
    expect(textsOf(await reader.take(1, 1))).toEqual(['text']);
    expect(textsOf(await until('it to be there again', () => some(reader.take(1, 60))))).toEqual(['text']);
  });

  it('lets a message be removed twice, and not by who had it before', async () => {
    const { reader, put } = create();
    await put('text');
    const [before] = await reader.take(1, 1);
    const [now] = await until('it to be there again', () => some(reader.take(1, 60)));
    await before?.remove();
    expect(await reader.length()).toBe(1);
    await now?.remove();
    await now?.remove();
    expect(await reader.length()).toBe(0);
  });
});

const some = async <T>(taken: Promise<readonly T[]>): Promise<readonly T[] | undefined> => {
  const messages = await taken;
  return messages.length > 0 ? messages : undefined;
};

describe('a queue in Queue storage that is not there', () => {
  it('is empty', async () => {
    const reader = storageQueueReader({ connection: azurite.connectionString }, 'nobody-wrote-into-this');
    expect(await reader.take(32, 60)).toEqual([]);
    expect(await reader.length()).toBe(0);
  });
});
