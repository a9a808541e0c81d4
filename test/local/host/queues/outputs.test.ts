import { type QueueClient, QueueServiceClient } from '@azure/storage-queue';
import type { InvocationResult, RegisteredFunction, TypedData } from '../../../../src/local/host/invoker.ts';
import { queueOutputs } from '../../../../src/local/host/queues/outputs.ts';
import { type Azurite, startAzurite } from '../../../support/azurite.ts';

let azurite: Azurite;
let count = 0;
let queue: QueueClient;

beforeAll(async () => {
  azurite = await startAzurite();
});
beforeEach(() => {
  queue = QueueServiceClient.fromConnectionString(azurite.connectionString).getQueueClient(`results-${++count}`);
});
afterAll(() => azurite.stop());

const writer = (name = 'out', settings: object = {}): RegisteredFunction => ({
  name: 'write',
  bindings: {
    req: { type: 'httpTrigger', direction: 'in' },
    [name]: { type: 'queue', direction: 'out', queueName: queue.name, connection: 'AzureWebJobsStorage', ...settings },
  },
});

const wrote = (data: TypedData): InvocationResult => ({ kind: 'succeeded', outputData: [{ name: 'out', data }] });

const outputs = (settings: unknown = {}, notify: (queueName: string) => void = () => {}) =>
  queueOutputs({ environment: { AzureWebJobsStorage: azurite.connectionString }, settings, notify });

const messages = async (): Promise<readonly string[]> => {
  const { peekedMessageItems } = await queue.peekMessages({ numberOfMessages: 32 });
  return peekedMessageItems.map(({ messageText }) => messageText);
};

const decoded = async () => (await messages()).map((text) => Buffer.from(text, 'base64').toString());

describe('a queue output', () => {
  it.each<[string, TypedData, readonly string[]]>([
    ['a text', { string: 'hello' }, ['hello']],
    ['a text that looks like an object', { string: '{"id":1}' }, ['{"id":1}']],
    ['an object', { json: '{"id":1}' }, ['{"id":1}']],
    ['a string in JSON', { json: '"hello"' }, ['hello']],
    ['bytes', { bytes: Buffer.from('hello') }, ['hello']],
    ['a number', { int: 42 }, ['42']],
    ['a fraction', { double: 0.5 }, ['0.5']],
    ['an array', { json: '["a",{"b":1},2]' }, ['a', '{"b":1}', '2']],
    ['an array in a text', { string: ' ["a","b"]' }, ['a', 'b']],
    ['a text that only begins like an array', { string: '[a' }, ['[a']],
  ])('sends %s', async (_, data, expected) => {
    const result = wrote(data);
    expect(await (await outputs())(writer(), result)).toBe(result);
    expect(await decoded()).toEqual(expected);
  });

  it('sends nothing for an empty array, and nothing for a run that wrote nothing', async () => {
    await queue.create();
    const send = await outputs();
    await send(writer(), wrote({ json: '[]' }));
    await send(writer(), { kind: 'succeeded', outputData: [] });
    expect(await messages()).toEqual([]);
  });

  it('may be what the function returns', async () => {
    const returned: InvocationResult = { kind: 'succeeded', returnValue: { string: 'hello' }, outputData: [] };
    await (await outputs())(writer('$return'), returned);
    expect(await decoded()).toEqual(['hello']);
  });

  it('leaves messages as they are when host.json says so', async () => {
    await (await outputs({ messageEncoding: 'none' }))(writer(), wrote({ string: 'hello' }));
    expect(await messages()).toEqual(['hello']);
  });

  it('tells of the queue it wrote to', async () => {
    const told: string[] = [];
    await (await outputs({}, (name) => told.push(name)))(writer(), wrote({ json: '["a","b"]' }));
    expect(told).toEqual([queue.name]);
  });

  it('passes by runs that did not succeed', async () => {
    const failed: InvocationResult = { kind: 'failed', message: 'thrown' };
    expect(await (await outputs())(writer(), failed)).toBe(failed);
    expect(await queue.exists()).toBe(false);
  });

  it('makes the run a failed one when it cannot be sent', async () => {
    expect(await (await outputs())(writer('out', { connection: 'Elsewhere' }), wrote({ string: 'hello' }))).toEqual({
      kind: 'failed',
      message: expect.stringContaining('the queue output of write was not sent: the app setting Elsewhere is missing'),
    });
  });
});
