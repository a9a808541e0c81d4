import { isAlive } from '../../../src/local/stack/isAlive.ts';
import { endCommands, runBuilt } from '../../support/builtCommand.ts';
import { until } from '../../support/until.ts';
import { appRoot, startTestHost, type TestHost } from './support/testHost.ts';

/** Workers that a failing test leaves behind. */
const orphans = new Set<number>();

afterAll(async () => {
  await endCommands();
  for (const pid of orphans) if (isAlive(pid)) process.kill(pid, 'SIGKILL');
});

/** A host of the app `limits`, and two things to ask of it. */
const hostOfLimits = () => {
  const started: { host?: TestHost } = {};
  const host = () => started.host as TestHost;
  beforeAll(async () => {
    started.host = await startTestHost('limits');
  });
  afterAll(() => host().stop());
  const get = (name: string) => fetch(`${host().url}/api/${name}`);
  return { host, get, pid: async () => Number(await (await get('pid')).text()) };
};

describe('a worker that ends by itself', () => {
  const { host, get, pid } = hostOfLimits();

  it.each([
    ['exits', 7],
    ['throwsLater', 1],
    ['rejectsLater', 1],
  ])('in the function %s leaves with %i, fails what runs, and is followed by another', async (name, code) => {
    const before = await pid();
    const [answer, beside] = await Promise.all([get(name), get('never')]);
    expect([answer.status, beside.status]).toEqual([500, 500]);
    expect(await host().event('workerExited', (event) => event.pid === before)).toMatchObject({ code });
    expect(await pid()).not.toBe(before);
  });

  it('tells what nobody caught', async () => {
    const line = await host().event('log', ({ message }) => message.includes('nobody caught this'));
    expect(line).toMatchObject({ level: 'error', category: 'system' });
  });
});

describe('a signal of the terminal', () => {
  const { host, get, pid } = hostOfLimits();

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('%s leaves the worker to its host', async (signal) => {
    const before = await pid();
    process.kill(before, signal);
    expect(await pid()).toBe(before);
    expect((await get('pid')).status).toBe(200);
    expect(host().events.filter(({ kind }) => kind === 'workerExited')).toEqual([]);
  });
});

describe('an invocation that outlives functionTimeout', () => {
  const { host, get, pid } = hostOfLimits();

  it.each(['never', 'busy'])('in the function %s ends, with its worker, and the next one is served', async (name) => {
    const before = await pid();
    const answer = await get(name);
    expect([answer.status, await answer.text()]).toEqual([500, '']);
    const run = await host().event(
      'invocation',
      (event) => event.functionName === name && event.outcome === 'timedOut',
    );
    expect(run.ms).toBeGreaterThanOrEqual(1_990);
    expect(await host().event('workerExited', (event) => event.pid === before)).toMatchObject({ signal: 'SIGKILL' });
    expect(await pid()).not.toBe(before);
  });
});

describe('a host that is killed', () => {
  it('leaves no worker behind, even one that does not listen', async () => {
    const command = runBuilt('host', ['--port', '0', '--functions', 'busy', '--json'], {}, appRoot('limits'));
    const { url } = JSON.parse((await command.line(/.*"ready".*/))[0]);
    const { pid } = JSON.parse((await command.line(/.*"workerStarted".*/))[0]);
    orphans.add(pid);
    const busy = fetch(`${url}/api/busy`).catch(() => 'cut');
    await command.line(/busy: entered/);
    command.child.kill('SIGKILL');
    expect([await command.ended, await busy]).toEqual([null, 'cut']);
    await until('the worker to end', () => !isAlive(pid));
  });
});

describe('a host that is stopped', () => {
  it('leaves no worker behind, even one that does not listen', async () => {
    const other = await startTestHost('limits', { graceMs: 0 });
    const worker = (await other.event('workerStarted')).pid;
    const busy = fetch(`${other.url}/api/busy`);
    await other.event('log', ({ message }) => message === 'busy: entered');
    await Promise.all([other.stop(), busy]);
    expect(isAlive(worker)).toBe(false);
    await expect(fetch(`${other.url}/api/pid`)).rejects.toThrow();
  });

  it('lets what runs come to its end first', async () => {
    const other = await startTestHost('plain');
    const waits = fetch(`${other.url}/answers/waits`, { method: 'POST' });
    await other.event('log', ({ message }) => message === 'waits: entered');
    // The connection is there already, so this one still gets in.
    const release = await fetch(`${other.url}/answers/releases`, { method: 'POST' });
    const stopped = other.stop();
    expect([(await waits).status, release.status]).toEqual([200, 200]);
    await stopped;
    expect(other.events.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['stopping', 'stopped']));
  });

  it('may be stopped twice', async () => {
    const other = await startTestHost('modules');
    await Promise.all([other.stop(), other.stop()]);
    await other.stop();
    expect(other.events.filter(({ kind }) => kind === 'stopped')).toHaveLength(1);
  });
});
