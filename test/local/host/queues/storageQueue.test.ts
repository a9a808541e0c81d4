import { QueueServiceClient } from '@azure/storage-queue';
import { storageQueue } from '../../../../src/local/host/queues/storageQueue.ts';
import { type Azurite, startAzurite } from '../../../support/azurite.ts';

let azurite: Azurite;
let count = 0;

beforeAll(async () => {
  azurite = await startAzurite();
});
afterAll(() => azurite.stop());

const freshQueue = () =>
  storageQueue(QueueServiceClient.fromConnectionString(azurite.connectionString).getQueueClient(`messages-${++count}`));

describe('a queue of a storage account', () => {
  it('is made by the first message, and gives it with a receipt', async () => {
    const queue = freshQueue();
    expect(await queue.receive(32, 60)).toEqual([]);
    await queue.send('<one & two>');
    const [message, ...others] = await queue.receive(32, 60);
    expect(message).toMatchObject({ text: '<one & two>', dequeueCount: 1 });
    expect(Number(message?.nextVisibleAt) - Number(message?.insertedAt)).toBeGreaterThanOrEqual(59_000);
    expect(others).toEqual([]);
    expect(await queue.receive(32, 60)).toEqual([]);
  });

  it('gives a message back with its text, to be taken once more', async () => {
    const queue = freshQueue();
    await queue.send('text');
    const [message] = await queue.receive(1, 60);
    if (message) await queue.hide(message, 0);
    expect(await queue.receive(1, 60)).toMatchObject([{ text: 'text', dequeueCount: 2 }]);
  });

  it('lets nobody change a message by an old receipt', async () => {
    const queue = freshQueue();
    await queue.send('text');
    const [message] = await queue.receive(1, 60);
    if (!message) throw new Error('no message');
    const popReceipt = await queue.hide(message, 60);
    expect(popReceipt).not.toBe(message.popReceipt);
    expect(await queue.hide(message, 0)).toBeUndefined();
    await queue.remove(message);
    expect(await queue.hide({ id: message.id, popReceipt: String(popReceipt) }, 0)).toBeDefined();
  });

  it('takes a message out for good, and lets that be done twice', async () => {
    const queue = freshQueue();
    await queue.send('text');
    const [message] = await queue.receive(1, 60);
    if (!message) throw new Error('no message');
    await queue.remove(message);
    await queue.remove(message);
    expect(await queue.hide(message, 0)).toBeUndefined();
  });
});
