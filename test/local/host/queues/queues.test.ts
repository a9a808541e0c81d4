import { type QueueClient, QueueServiceClient } from '@azure/storage-queue';
import { type Clock, systemClock } from '../../../../src/clock.ts';
import type { RegisteredFunction } from '../../../../src/local/host/invoker.ts';
import { type QueuesOptions, type RunningQueues, startQueues } from '../../../../src/local/host/queues/startQueues.ts';
import { type Azurite, startAzurite } from '../../../support/azurite.ts';
import { quietLog } from '../../../support/quietLog.ts';
import { recordedLog } from '../../../support/recordedLog.ts';
import { until } from '../../../support/until.ts';
import { failed, held, scriptedInvoker, succeeded } from '../triggers/scriptedInvoker.ts';

let azurite: Azurite;
let count = 0;
let queue: QueueClient;
let poison: QueueClient;
let started: RunningQueues[] = [];

beforeAll(async () => {
  azurite = await startAzurite();
});
beforeEach(async () => {
  started = [];
  const service = QueueServiceClient.fromConnectionString(azurite.connectionString);
  queue = service.getQueueClient(`alerts-${++count}`);
  poison = service.getQueueClient(`${queue.name}-poison`);
  await queue.create();
});
afterEach(async () => {
  await Promise.all(started.map((queues) => queues.stop()));
});
afterAll(() => azurite.stop());

const worker = (settings: object = {}): RegisteredFunction => ({
  name: 'work',
  bindings: { item: { type: 'queueTrigger', direction: 'in', queueName: queue.name, connection: '', ...settings } },
});

const start = async (options: Pick<QueuesOptions, 'invoker'> & Partial<QueuesOptions>) => {
  const queues = await startQueues({
    environment: { AzureWebJobsStorage: azurite.connectionString },
    settings: { maxPollingInterval: '00:00:00.1' },
    clock: systemClock,
    log: quietLog,
    ...options,
  });
  started.push(queues);
  return queues;
};

const send = (text: string) => queue.sendMessage(Buffer.from(text).toString('base64'));

const isEmpty = async (which = queue) => (await which.getProperties()).approximateMessagesCount === 0;

const peeked = async (which: QueueClient): Promise<readonly string[] | undefined> => {
  if (!(await which.exists())) return undefined;
  const { peekedMessageItems } = await which.peekMessages({ numberOfMessages: 32 });
  return peekedMessageItems.length > 0 ? peekedMessageItems.map(({ messageText }) => messageText) : undefined;
};

/** This machine's clock, with a count of who slept, and all of them for the same time if need be. */
const countingClock = (milliseconds?: number) => {
  let sleeps = 0;
  const sleep: Clock['sleep'] = (asked, signal) => {
    sleeps += 1;
    return systemClock.sleep(milliseconds ?? asked, signal);
  };
  return { clock: { ...systemClock, sleep }, sleeps: () => sleeps };
};

describe('a queue function', () => {
  it('runs for each message, which is then gone', async () => {
    const invoker = scriptedInvoker([worker()]);
    await Promise.all(['one', 'two', 'three'].map(send));
    await start({ invoker });
    await until('the queue to be empty', () => isEmpty());
    expect(invoker.runs.map(({ inputData }) => inputData)).toEqual(
      expect.arrayContaining(['one', 'two', 'three'].map((string) => [{ name: 'item', data: { string } }])),
    );
    expect(invoker.runs).toHaveLength(3);
  });

  it.each([
    ['{"id":"da6371"}', { json: '{"id":"da6371"}' }],
    ['42', { json: '42' }],
    ['plain', { string: 'plain' }],
    ['{broken', { string: '{broken' }],
    ['', { string: '' }],
    ['Grüße 🛡', { string: 'Grüße 🛡' }],
  ])('is given %j as the programming model takes it', async (text, data) => {
    const invoker = scriptedInvoker([worker()]);
    await send(text);
    await start({ invoker });
    await until('the run', () => invoker.runs.length === 1);
    expect(invoker.runs[0]?.inputData).toEqual([{ name: 'item', data }]);
  });

  it('is told about the message', async () => {
    const invoker = scriptedInvoker([worker()]);
    const { messageId } = await send('{"id":1}');
    await start({ invoker });
    await until('the run', () => invoker.runs.length === 1);
    const instant = { json: expect.stringMatching(/^"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?\+00:00"$/) };
    expect(invoker.runs[0]?.triggerMetadata).toEqual({
      QueueTrigger: { string: '{"id":1}' },
      DequeueCount: { int: 1 },
      Id: { string: messageId },
      PopReceipt: { string: expect.stringMatching(/./) },
      InsertionTime: instant,
      ExpirationTime: instant,
      NextVisibleTime: instant,
    });
  });

  it('takes the bytes of a message when it asks for them', async () => {
    const invoker = scriptedInvoker([worker({ dataType: 'binary' })]);
    await queue.sendMessage(Buffer.from([0xff, 0x00]).toString('base64'));
    await start({ invoker });
    await until('the run', () => invoker.runs.length === 1);
    expect(invoker.runs[0]?.inputData[0]?.data).toEqual({ bytes: Buffer.from([0xff, 0x00]) });
  });

  it.each([
    ['host.json', {}, { messageEncoding: 'none' }],
    ['the binding', { messageEncoding: 'none' }, {}],
  ])('takes messages as they are when %s says so', async (_, binding, settings) => {
    const invoker = scriptedInvoker([worker(binding)]);
    await queue.sendMessage('plain &lt; text');
    await start({ invoker, settings });
    await until('the run', () => invoker.runs.length === 1);
    expect(invoker.runs[0]?.inputData[0]?.data).toEqual({ string: 'plain &lt; text' });
  });

  it('finds its queue when it appears', async () => {
    await queue.delete();
    const log = recordedLog();
    const invoker = scriptedInvoker([worker()]);
    const { clock, sleeps } = countingClock();
    await start({ invoker, log, clock });
    await until('a look at the queue that is not there', () => sleeps() > 0);
    await queue.create();
    await send('late');
    await until('the run', () => invoker.runs.length === 1);
    expect(log.lines).toEqual([]);
  });

  it('takes its queue and its storage from app settings', async () => {
    const invoker = scriptedInvoker([worker({ queueName: '%ALERT_QUEUE%', connection: 'AlertStorage' })]);
    const environment = { ALERT_QUEUE: queue.name.toUpperCase(), AlertStorage: azurite.connectionString };
    await send('hello');
    await start({ invoker, environment });
    await until('the run', () => invoker.runs.length === 1);
  });

  it('is left out, with a message, when a setting is missing', async () => {
    const log = recordedLog();
    const nameless = { ...worker({ queueName: '%ALERT_QUEUE%' }), name: 'nameless' };
    const homeless = { ...worker({ connection: 'Elsewhere' }), name: 'homeless' };
    const invoker = scriptedInvoker([nameless, homeless, worker()]);
    await send('hello');
    const { faults } = await start({ invoker, log });
    expect(faults).toEqual([
      { functionName: 'nameless', message: expect.stringContaining('the app setting ALERT_QUEUE is missing') },
      { functionName: 'homeless', message: expect.stringContaining('the app setting Elsewhere is missing') },
    ]);
    await until('the run of the other', () => invoker.runs.length === 1);
    expect(log.lines.filter(({ level }) => level === 'error')).toHaveLength(2);
  });
});

describe('a message that fails', () => {
  it('is tried as often as host.json says, and then goes to the poison queue as it was', async () => {
    const invoker = scriptedInvoker([worker()], () => failed);
    await send('{"id":1}');
    await start({ invoker, settings: { maxPollingInterval: '00:00:00.1', maxDequeueCount: 3 } });
    expect(await until('the poison message', () => peeked(poison))).toEqual([
      Buffer.from('{"id":1}').toString('base64'),
    ]);
    await until('the queue to be empty', () => isEmpty());
    expect(invoker.runs.map(({ triggerMetadata }) => triggerMetadata.DequeueCount)).toEqual([
      { int: 1 },
      { int: 2 },
      { int: 3 },
    ]);
  });

  it('is gone once a further try succeeds', async () => {
    const invoker = scriptedInvoker([worker()], (_, runs) => (runs === 1 ? failed : succeeded));
    await send('hello');
    await start({ invoker });
    await until('the queue to be empty', () => isEmpty());
    expect(invoker.runs).toHaveLength(2);
    expect(await poison.exists()).toBe(false);
  });

  it.each([{ kind: 'timedOut' as const }, { kind: 'crashed' as const, message: 'exit code 1' }])(
    'has failed, too, when its run ended as %j',
    async (outcome) => {
      const invoker = scriptedInvoker([worker()], () => outcome);
      await send('hello');
      await start({ invoker, settings: { maxPollingInterval: '00:00:00.1', maxDequeueCount: 1 } });
      await until('the poison message', () => peeked(poison));
      expect(invoker.runs).toHaveLength(1);
    },
  );

  it('stays hidden for as long as host.json says', async () => {
    const invoker = scriptedInvoker([worker()], () => failed);
    await send('hello');
    await start({ invoker, settings: { maxPollingInterval: '00:00:00.1', visibilityTimeout: '00:10:00' } });
    await until('the run', () => invoker.runs.length === 1 && invoker.running() === 0);
    const other = await queue.receiveMessages();
    expect(other.receivedMessageItems).toEqual([]);
    expect(await isEmpty()).toBe(false);
  });

  it('goes to the poison queue at once after the last of its tries', async () => {
    const invoker = scriptedInvoker([worker()], () => failed);
    await send('hello');
    await start({ invoker, settings: { maxDequeueCount: 1, visibilityTimeout: '00:10:00' } });
    await until('the poison message', () => peeked(poison));
    await until('the queue to be empty', () => isEmpty());
  });

  it('goes to the poison queue without a run when it was taken too often before', async () => {
    const invoker = scriptedInvoker([worker()]);
    await send('hello');
    for (let turn = 0; turn < 2; turn++) {
      const [taken] = (await queue.receiveMessages()).receivedMessageItems;
      if (taken) await queue.updateMessage(taken.messageId, taken.popReceipt, undefined, 0);
    }
    await start({ invoker, settings: { maxPollingInterval: '00:00:00.1', maxDequeueCount: 2 } });
    await until('the poison message', () => peeked(poison));
    await until('the queue to be empty', () => isEmpty());
    expect(invoker.runs).toEqual([]);
  });

  it('goes to the poison queue without a run when it is not base64', async () => {
    const invoker = scriptedInvoker([worker()]);
    await queue.sendMessage('not base64');
    await start({ invoker });
    expect(await until('the poison message', () => peeked(poison))).toEqual(['not base64']);
    await until('the queue to be empty', () => isEmpty());
    expect(invoker.runs).toEqual([]);
  });

  it('fails without a run when it is not text', async () => {
    const invoker = scriptedInvoker([worker()]);
    const bytes = Buffer.from([0xff, 0x00]).toString('base64');
    await queue.sendMessage(bytes);
    await start({ invoker, settings: { maxPollingInterval: '00:00:00.1', maxDequeueCount: 2 } });
    expect(await until('the poison message', () => peeked(poison))).toEqual([bytes]);
    expect(invoker.runs).toEqual([]);
  });

  it('stays where it is, hidden, when its queue is a poison queue itself', async () => {
    await poison.create();
    await poison.sendMessage(Buffer.from('hello').toString('base64'));
    const invoker = scriptedInvoker([worker({ queueName: poison.name })], () => failed);
    const queues = await start({ invoker });
    await until('the run', () => invoker.runs.length === 1 && invoker.running() === 0);
    await queues.stop();
    expect(invoker.runs).toHaveLength(1);
    expect(await peeked(poison)).toBeUndefined();
    expect(await isEmpty(poison)).toBe(false);
  });
});

describe('queue functions at work', () => {
  it('take a batch at a time, and the next one when half of it is done', async () => {
    const runs = Array.from({ length: 8 }, () => held());
    const invoker = scriptedInvoker([worker()], (_, nth) => runs[nth - 1]?.result ?? succeeded);
    await Promise.all(runs.map((_, index) => send(`${index}`)));
    await start({ invoker, settings: { maxPollingInterval: '00:00:00.1', batchSize: 4 } });
    await until('the first batch', () => invoker.runs.length === 4);
    runs[0]?.end();
    await until('three to be left', () => invoker.running() === 3);
    expect(invoker.runs).toHaveLength(4);
    runs[1]?.end();
    await until('the second batch', () => invoker.runs.length === 8);
    expect(invoker.running()).toBe(6);
    for (const run of runs) run.end();
    await until('the queue to be empty', () => isEmpty());
  });

  it('bring a message to its end that was hidden anew while it ran', async () => {
    const run = held();
    const invoker = scriptedInvoker([worker()], () => run.result);
    let renewals = 0;
    const sleep: Clock['sleep'] = (asked, signal) => {
      if (asked < 300_000) return systemClock.sleep(asked, signal);
      renewals += 1;
      return systemClock.sleep(1, signal);
    };
    await send('hello');
    await start({ invoker, clock: { ...systemClock, sleep } });
    await until('some renewals', () => renewals > 3);
    run.end();
    await until('the queue to be empty', () => isEmpty());
    expect(invoker.runs).toHaveLength(1);
  });

  it('look at once at a queue that they are told of', async () => {
    const invoker = scriptedInvoker([worker()]);
    const { clock, sleeps } = countingClock(2 ** 30);
    const queues = await start({ invoker, clock });
    await until('the first look', () => sleeps() === 1);
    await send('hello');
    queues.notify('another');
    queues.notify(queue.name);
    await until('the run', () => invoker.runs.length === 1);
  });

  it('can be run by hand, without a message', async () => {
    const invoker = scriptedInvoker([worker()]);
    const queues = await start({ invoker });
    expect(await queues.fire('work', '{"id":1}')).toEqual(succeeded);
    expect(await queues.fire('other', '')).toBeUndefined();
    expect(invoker.runs).toMatchObject([
      { inputData: [{ name: 'item', data: { json: '{"id":1}' } }], triggerMetadata: { DequeueCount: { int: 0 } } },
    ]);
  });

  it('let what runs come to its end when they stop, and take nothing more', async () => {
    const run = held();
    const invoker = scriptedInvoker([worker()], () => run.result);
    await send('one');
    const queues = await start({ invoker });
    await until('the run', () => invoker.running() === 1);
    let hasStopped = false;
    const stopping = queues.stop().then(() => {
      hasStopped = true;
    });
    await send('two');
    expect(hasStopped).toBe(false);
    run.end();
    await stopping;
    expect(invoker.runs).toHaveLength(1);
    expect(await peeked(queue)).toEqual([Buffer.from('two').toString('base64')]);
  });

  it('do not wait for ever, and leave the message to reappear', async () => {
    const run = held();
    const invoker = scriptedInvoker([worker()], () => run.result);
    await send('one');
    const queues = await start({ invoker });
    await until('the run', () => invoker.running() === 1);
    await queues.stop(0);
    run.end();
    await until('its end', () => invoker.running() === 0);
    expect(await isEmpty()).toBe(false);
  });

  it('refuse to start with a setting that Azure refuses', async () => {
    await expect(start({ invoker: scriptedInvoker([worker()]), settings: { batchSize: 40 } })).rejects.toThrow(
      'batchSize',
    );
  });
});
