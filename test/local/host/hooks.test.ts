import { startTestHost, type TestHost } from './support/testHost.ts';

let host: TestHost;

beforeAll(async () => {
  host = await startTestHost('hooks');
});

afterAll(() => host.stop());

const text = async (name: string) => (await fetch(`${host.url}/api/${name}`)).text();

describe('hooks', () => {
  it('run in the order of the official worker', async () => {
    expect(JSON.parse(await text('order'))).toEqual(['appStart', 'preInvocation', 'postInvocation after 1 input']);
  });

  it('before an invocation may replace the function', async () => {
    expect(await text('replaced')).toBe('by the hook');
  });

  it('after an invocation may replace an error by a result', async () => {
    expect(await text('throws')).toBe('instead of a fault');
  });

  it('on the log may mask what is written', async () => {
    await text('secret');
    const line = await host.event('log', ({ functionName }) => functionName === 'secret');
    expect(line.message).toBe('the password is *****');
  });

  it('at the end of the app run when the host stops, and share what the first ones noted', async () => {
    const other = await startTestHost('hooks');
    await other.stop();
    expect(await other.event('log', ({ message }) => message === 'terminated, started: true')).toBeDefined();
  });
});
