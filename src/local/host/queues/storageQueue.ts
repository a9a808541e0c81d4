import type { DequeuedMessageItem, QueueClient, QueueServiceClient } from '@azure/storage-queue';
import type { Connection } from '../storage/connection.ts';
import { queueServices } from '../storage/storageClients.ts';
import type { Environment } from '../triggers/appSettings.ts';
import { refusedWith } from '../triggers/storageFault.ts';
import type { MessageQueue, MessageReceipt, QueueMessage } from './messageQueue.ts';

export type OpenQueue = (connection: Connection, name: string) => MessageQueue;

/** Opens queues of storage accounts: one client for each connection. */
export const queueOpener = async (environment: Environment): Promise<OpenQueue> => {
  const serviceOf = await queueServices(environment, { maxTries: 2 });
  const services = new Map<string, QueueServiceClient>();
  return (connection, name) => {
    const key = JSON.stringify(connection);
    const service = services.get(key) ?? serviceOf(connection);
    services.set(key, service);
    return storageQueue(service.getQueueClient(name));
  };
};

/** A queue of an Azure storage account, or of Azurite. */
export const storageQueue = (client: QueueClient): MessageQueue => ({
  name: client.name,
  async receive(count, hiddenSeconds) {
    const options = { numberOfMessages: count, visibilityTimeout: hiddenSeconds };
    const taken = await unless([404, 409], () => client.receiveMessages(options));
    return taken?.receivedMessageItems.map(fromItem) ?? [];
  },
  async hide({ id, popReceipt }, seconds) {
    const updated = await unless(goneOrTaken, () => client.updateMessage(id, popReceipt, undefined, seconds));
    return updated?.popReceipt;
  },
  async remove({ id, popReceipt }: MessageReceipt) {
    await unless(goneOrTaken, () => client.deleteMessage(id, popReceipt));
  },
  async send(text) {
    if (await unless([404], () => client.sendMessage(text))) return;
    await client.createIfNotExists();
    await client.sendMessage(text);
  },
});

/** 400 is a receipt of somebody who had the message before; 409, a queue that is being deleted. */
const goneOrTaken = [400, 404, 409];

const unless = async <T>(statuses: readonly number[], call: () => Promise<T>): Promise<T | undefined> => {
  try {
    return await call();
  } catch (error) {
    if (statuses.includes(refusedWith(error) ?? 0)) return undefined;
    throw error;
  }
};

const fromItem = (item: DequeuedMessageItem): QueueMessage => ({
  id: item.messageId,
  popReceipt: item.popReceipt,
  text: item.messageText,
  dequeueCount: item.dequeueCount,
  insertedAt: item.insertedOn.getTime(),
  expiresAt: item.expiresOn.getTime(),
  nextVisibleAt: item.nextVisibleOn.getTime(),
});
