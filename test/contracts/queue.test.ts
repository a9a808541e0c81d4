import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { QueueClient } from '@azure/storage-queue';
import { type Clock, systemClock } from '../../src/clock.ts';
import { memoryQueue } from '../../src/storage/memoryQueue.ts';
import { mostMessageBytes } from '../../src/storage/messageSize.ts';
import { mostDelaySeconds, type Queue } from '../../src/storage/queue.ts';
import { queueAccount } from '../../src/storage/queueAccount.ts';
import { storageQueue } from '../../src/storage/storageQueue.ts';
import { type Azurite, startAzurite } from '../support/azurite.ts';
import { until } from '../support/until.ts';

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
    queue: storageQueue({ connection: azurite.connectionString }, name, { encoding }),
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
  it('shows a message to nobody before its delay is over', async () => {
    const { queue, received } = inStorage('plain');
    const sent = performance.now();
    await queue.send('late', 0.4);
    expect(await received()).toEqual([]);
    const seen = await until('the message to be seen', async () => (await received())[0]);
    expect(seen).toBe('late');
    expect(performance.now() - sent).toBeGreaterThan(900);
  });

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
    await expect(storageQueue(queueAccount({}), 'changes').send('x')).rejects.toThrow(
      'there is no storage for the queue changes: write the address of the queue service in STORAGE_QUEUES_ENDPOINT',
    );
  });
});

/** A service that answers so, one after the other; the last from then on. `silence` is no answer at all. */
const serviceThatAnswers = async (answers: readonly (number | 'silence')[]) => {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const answer = answers[Math.min(asked.length, answers.length - 1)];
    asked.push(`${request.method} ${request.url}`);
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

describe('a message that is sent late', () => {
  it('has its delay in whole seconds, rather late than early, and a week at most', async () => {
    const queue = memoryQueue();
    for (const delay of [0, 0.2, 1, 1.001, -5, 10_000_000]) await queue.send('x', delay);
    await queue.send('x');
    expect(queue.messages.map(({ delaySeconds }) => delaySeconds)).toEqual([0, 1, 1, 2, 0, mostDelaySeconds, 0]);
  });

  it.each<[object, number, string]>([
    [{}, 0, 'visibilitytimeout=0&messagettl=604800'],
    [{}, 90.5, 'visibilitytimeout=91&messagettl=604891'],
    [{}, mostDelaySeconds, `visibilitytimeout=${mostDelaySeconds}&messagettl=${mostDelaySeconds + 604_800}`],
    [{ liveSeconds: 60 }, 3600, 'visibilitytimeout=3600&messagettl=3660'],
    [{ liveSeconds: -1 }, 3600, 'visibilitytimeout=3600&messagettl=-1'],
  ])('lives as long as any other once it can be seen: %j, %d s', async (options, delay, expected) => {
    const { asked, stop, connection } = await serviceThatAnswers([201]);
    await storageQueue({ connection }, 'changes', options).send('x', delay);
    await stop();
    expect(asked).toEqual([expect.stringContaining(expected)]);
  });

  it('is taken by storage, the longest delay included', async () => {
    const { queue, client } = inStorage('plain');
    await queue.send('x', mostDelaySeconds);
    expect((await client.getProperties()).approximateMessagesCount).toBe(1);
  });
});

describe('a queue service that fails', () => {
  /** Sends one message; tells what was asked, how long it waited in between, and how it ended. */
  const sending = async (answers: readonly (number | 'silence')[]) => {
    const { asked, stop, connection } = await serviceThatAnswers(answers);
    const waits: number[] = [];
    const answerWithinMs = 300;
    const clock: Pick<Clock, 'sleep'> = {
      async sleep(milliseconds, signal) {
        if (milliseconds === answerWithinMs) return systemClock.sleep(milliseconds, signal);
        waits.push(milliseconds);
      },
    };
    const queue = storageQueue({ connection }, 'changes', { clock, answerWithinMs });
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
