import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { QueueClient } from '@azure/storage-queue';
import type { Queue } from '../../src/storage/queue.ts';
import { memoryQueue } from '../../src/storage/memoryQueue.ts';
import { mostMessageBytes } from '../../src/storage/messageSize.ts';
import { storageQueue } from '../../src/storage/storageQueue.ts';
import { type Azurite, startAzurite } from '../support/azurite.ts';

interface UnderTest {
  readonly queue: Queue;
  /** What stands in the queue, as somebody who receives it reads it. */
  received(): Promise<readonly string[]>;
}

let azurite: Azurite;
let queues = 0;
beforeAll(async () => {
  azurite = await startAzurite();
});
afterAll(() => azurite.stop());

const inStorage = (encoding: 'base64' | 'plain'): UnderTest & { readonly client: QueueClient } => {
  const name = `changes-${++queues}`;
  const client = new QueueClient(azurite.connectionString, name);
  return {
    client,
    queue: storageQueue({ AzureWebJobsStorage: azurite.connectionString }, name, { encoding }),
    async received() {
      const { receivedMessageItems: items } = await client.receiveMessages({ numberOfMessages: 32 });
      return items.map(({ messageText: text }) =>
        encoding === 'plain' ? text : Buffer.from(text, 'base64').toString('utf8'),
      );
    },
  };
};

const adapters: readonly (readonly [string, () => UnderTest])[] = [
  [
    'in memory',
    () => {
      const queue = memoryQueue();
      return { queue, received: async () => queue.texts };
    },
  ],
  ['in Queue storage', () => inStorage('base64')],
  ['in Queue storage, as plain text', () => inStorage('plain')],
];

describe.each(adapters)('a queue %s', (_, create) => {
  it('is made when it is missing, and holds what was sent, in order', async () => {
    const { queue, received } = create();
    await queue.send('{"first":1}');
    await queue.send('{"second":2}');
    expect(await received()).toEqual(['{"first":1}', '{"second":2}']);
  });

  it('keeps every character', async () => {
    const { queue, received } = create();
    const text = JSON.stringify({ text: '<&>"\' Grüße 🙂 \n' });
    await queue.send(text);
    expect(await received()).toEqual([text]);
  });

  it('takes a message of 48 KiB, and refuses a longer one', async () => {
    const { queue, received } = create();
    const longest = 'ü'.repeat(mostMessageBytes / 2);
    await queue.send(longest);
    await expect(queue.send(`${longest}.`)).rejects.toThrow('a message of 49153 bytes: a queue takes 49152 at most');
    expect(await received()).toEqual([longest]);
  });

  it('takes several at once', async () => {
    const { queue, received } = create();
    const texts = Array.from({ length: 10 }, (_one, at) => `${at}`);
    await Promise.all(texts.map((text) => queue.send(text)));
    expect([...(await received())].sort()).toEqual(texts);
  });
});

describe('a queue in Queue storage', () => {
  it('is made again when somebody removed it', async () => {
    const { queue, received, client } = inStorage('base64');
    await queue.send('before');
    await client.delete();
    await queue.send('after');
    expect(await received()).toEqual(['after']);
  });

  it('holds base64, as queue triggers expect it', async () => {
    const { queue, client } = inStorage('base64');
    await queue.send('{"a":1}');
    const { peekedMessageItems: items } = await client.peekMessages();
    expect(items.map(({ messageText }) => messageText)).toEqual(['eyJhIjoxfQ==']);
  });

  it('says what is missing where no storage is set', async () => {
    await expect(storageQueue({}, 'changes').send('x')).rejects.toThrow(
      'there is no storage for the queue changes: write the address of the queue service in STORAGE_QUEUES_ENDPOINT',
    );
  });
});

describe('a queue service that fails', () => {
  /** A service that answers so, one after the other; the last from then on. `silence` is no answer at all. */
  const service = async (answers: readonly (number | 'silence')[]) => {
    const asked: string[] = [];
    const server = createServer((request, response) => {
      const answer = answers[Math.min(asked.length, answers.length - 1)];
      asked.push(`${request.method} ${request.url?.replace(/\?.*/, '')}`);
      request.resume();
      if (answer !== 'silence') response.writeHead(answer ?? 500, { 'content-type': 'application/xml' }).end(sentXml);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const stop = () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    };
    const connection = `DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey=c2VjcmV0;QueueEndpoint=http://127.0.0.1:${port}/devstoreaccount1;`;
    return { asked, stop, connection };
  };
  const sentXml =
    '<?xml version="1.0"?><QueueMessagesList><QueueMessage><MessageId>1</MessageId></QueueMessage></QueueMessagesList>';

  /** Sends one message; tells what was asked, how long it waited in between, and how it ended. */
  const sending = async (answers: readonly (number | 'silence')[]) => {
    const { asked, stop, connection } = await service(answers);
    const waits: number[] = [];
    const clock = { sleep: async (milliseconds: number) => void waits.push(milliseconds) };
    const queue = storageQueue({ AzureWebJobsStorage: connection }, 'changes', { clock, answerWithinMs: 300 });
    const ended = await queue.send('x').then(
      () => 'sent',
      (fault: Error) => `${fault.message}: ${Object(fault.cause).statusCode}`,
    );
    await stop();
    return { asked: asked.length, waits, ended };
  };

  it('is asked again, each time after twice as long', async () => {
    expect(await sending([503, 500, 429, 201])).toEqual({ asked: 4, waits: [500, 1000, 2000], ended: 'sent' });
  });

  it('is given up after four attempts, with the last answer as the cause', async () => {
    const ended = 'the queue changes took no message: 503';
    expect(await sending([503])).toEqual({ asked: 4, waits: [500, 1000, 2000], ended });
  });

  it('is asked again where it does not answer', async () => {
    expect(await sending(['silence', 201])).toEqual({ asked: 2, waits: [500], ended: 'sent' });
  });

  it('is not asked again where it refuses', async () => {
    expect(await sending([403])).toEqual({ asked: 1, waits: [], ended: 'the queue changes took no message: 403' });
  });
});
