import { startTestHost, type TestHost } from './support/testHost.ts';

let host: TestHost | undefined;

afterEach(() => host?.stop());

const start = async (...functions: readonly string[]): Promise<TestHost> => {
  host = await startTestHost('triggers', functions.length === 0 ? {} : { functions });
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
    const { stop, events } = await start('waits');
    await stop();
    expect(events.filter(({ kind }) => kind === 'invocation')).toEqual([]);
  });
});
