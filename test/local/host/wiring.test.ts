import { type Azurite, startAzurite } from '../../support/azurite.ts';
import { startTestHost, type TestHost } from './support/testHost.ts';

let storage: Azurite;
let host: TestHost | undefined;

beforeAll(async () => {
  storage = await startAzurite();
});

afterEach(() => host?.stop());
afterAll(() => storage.stop());

const start = async (...functions: readonly string[]): Promise<TestHost> => {
  const environment = { AzureWebJobsStorage: storage.connectionString };
  host = await startTestHost('triggers', { environment, ...(functions.length > 0 && { functions }) });
  return host;
};

describe('timers of a host', () => {
  it('run by themselves', async () => {
    const { event } = await start();
    expect((await event('invocation', ({ functionName }) => functionName === 'starts')).outcome).toBe('succeeded');
    expect((await event('log', ({ functionName }) => functionName === 'starts')).message).toBe('past due: false');
  });

  it('run when an administrator asks for it', async () => {
    const { event, url, keys } = await start('waits');
    const headers = { 'x-functions-key': keys.master };
    await fetch(`${url}/admin/functions/waits`, { method: 'POST', headers, body: '{"input":""}' });
    expect((await event('invocation')).functionName).toBe('waits');
  });

  it('run only where they were chosen', async () => {
    host = await startTestHost('triggers', { functions: ['waits'] });
    const { event, events, functions, url, keys } = host;
    expect(functions.map(({ name }) => name)).toEqual(['waits']);
    const headers = { 'x-functions-key': keys.master };
    // Without a storage no timer waits for a lease: one that ran at the start would have run before this.
    await fetch(`${url}/admin/functions/waits`, { method: 'POST', headers, body: '{"input":""}' });
    await event('invocation', ({ functionName }) => functionName === 'waits');
    expect(events.flatMap((one) => (one.kind === 'invocation' ? [one.functionName] : []))).toEqual(['waits']);
  });
});

describe('queues of a host', () => {
  it('take what another function put out, and give it to their function', async () => {
    const { event, url } = await start('receives', 'enriches');
    const body = '[{"id":"one"}]';
    expect((await fetch(`${url}/api/receives`, { method: 'POST', body })).status).toBe(202);
    expect((await event('log', ({ functionName }) => functionName === 'enriches')).message).toBe('1: {"id":"one"}');
  });

  it('fail the function that put something out, when there is no such storage', async () => {
    const { url, event, stop } = await startTestHost('triggers', { functions: ['receives'] });
    const answer = await fetch(`${url}/api/receives`, { method: 'POST', body: '{}' });
    await stop();
    expect(answer.status).toBe(500);
    expect((await event('log', ({ level }) => level === 'error')).message).toMatch(/AzureWebJobsStorage is missing/);
  });

  it('run when an administrator asks for it, with a text instead of a message', async () => {
    const { event, url, keys } = await start('enriches');
    const headers = { 'x-functions-key': keys.master };
    await fetch(`${url}/admin/functions/enriches`, { method: 'POST', headers, body: '{"input":"by hand"}' });
    expect((await event('log', ({ functionName }) => functionName === 'enriches')).message).toMatch(/"by hand"$/);
  });
});

describe('functions that this host cannot trigger', () => {
  const fire = ({ url, keys }: TestHost, name: string, input: string) =>
    fetch(`${url}/admin/functions/${name}`, {
      method: 'POST',
      headers: { 'x-functions-key': keys.master },
      body: JSON.stringify({ input }),
    });
  const saidBy = async (running: TestHost, name: string) =>
    (await running.event('log', ({ functionName }) => functionName === name)).message;

  it('are listed all the same, whatever triggers them', async () => {
    const running = await start('streams', 'carried');
    expect((await running.event('ready')).functions).toEqual([
      { name: 'streams', trigger: 'eventHubTrigger' },
      { name: 'carried', trigger: 'carrierPigeonTrigger' },
    ]);
  });

  it('of Event Hubs run by hand, with an array of events', async () => {
    const running = await start('streams');
    expect((await fire(running, 'streams', '[{"records":[1]},"plain"]')).status).toBe(202);
    expect(await saidBy(running, 'streams')).toBe('[{"records":[1]},"plain"]');
  });

  it('of Event Grid run by hand, with an event', async () => {
    const running = await start('raised');
    await fire(running, 'raised', '{"id":"1","subject":"by hand"}');
    expect(await saidBy(running, 'raised')).toBe('by hand');
  });

  it('of any other kind run by hand, with what was given', async () => {
    const running = await start('carried');
    await fire(running, 'carried', 'a letter');
    expect(await saidBy(running, 'carried')).toBe('"a letter"');
  });
});

describe('the address of Event Grid', () => {
  const deliver = ({ url }: TestHost, query: string) =>
    fetch(`${url}/runtime/webhooks/EventGrid?${query}`, {
      method: 'POST',
      headers: { 'aeg-event-type': 'Notification' },
      body: '[{"id":"1","subject":"machine one","data":{}}]',
    });

  it('runs the function for each event, given the key of its own', async () => {
    const running = await start('raised');
    const answer = await deliver(running, `functionName=raised&code=${running.keys.eventGrid}`);
    expect(answer.status).toBe(202);
    expect((await running.event('log', ({ functionName }) => functionName === 'raised')).message).toBe('machine one');
  });

  it('is closed without a key, and to the key of functions', async () => {
    const running = await start('raised');
    const statuses = [
      (await deliver(running, 'functionName=raised')).status,
      (await deliver(running, `functionName=raised&code=${running.keys.function}`)).status,
      (await deliver(running, `functionName=other&code=${running.keys.master}`)).status,
    ];
    expect(statuses).toEqual([401, 403, 404]);
  });
});
