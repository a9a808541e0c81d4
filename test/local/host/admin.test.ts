import { startTestHost, type TestHost } from './support/testHost.ts';

let host: TestHost;

beforeAll(async () => {
  host = await startTestHost('plain', { functions: ['nightly', 'machines'] });
});

afterAll(() => host.stop());

const fire = (name: string, init: RequestInit = {}) =>
  fetch(`${host.url}/admin/functions/${name}`, {
    method: 'POST',
    headers: { 'x-functions-key': host.keys.master, 'content-type': 'application/json' },
    ...init,
  });

describe('the admin addresses', () => {
  it('tell the state of the host', async () => {
    const answer = await fetch(`${host.url}/admin/host/status?code=${host.keys.master}`);
    expect(await answer.json()).toMatchObject({ id: 'defender-machine-gateway', state: 'Running' });
  });

  it('run a function, answering 202 at once', async () => {
    expect((await fire('nightly', { body: '{"input":""}' })).status).toBe(202);
    const run = await host.event('invocation', ({ functionName }) => functionName === 'nightly');
    expect(run.outcome).toBe('succeeded');
  });

  it('want a body', async () => {
    expect((await fire('nightly')).status).toBe(400);
    expect((await fire('nightly', { body: 'no json' })).status).toBe(400);
  });

  it('know no function that the host does not run', async () => {
    expect((await fire('userMachines', { body: '{}' })).status).toBe(404);
  });

  it('want the master key', async () => {
    expect((await fire('nightly', { body: '{}', headers: {} })).status).toBe(401);
  });

  it.each(['/admin', '/admin/nothing', '/admin/host/nothing'])('%s is 404', async (path) => {
    expect((await fetch(`${host.url}${path}?code=${host.keys.master}`)).status).toBe(404);
  });
});
