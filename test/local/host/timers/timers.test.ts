import { BlobServiceClient } from '@azure/storage-blob';
import type { Invocation, RegisteredFunction } from '../../../../src/local/host/invoker.ts';
import { type RunningTimers, startTimers, type TimersOptions } from '../../../../src/local/host/timers/startTimers.ts';
import { type Azurite, startAzurite } from '../../../support/azurite.ts';
import { type FakeClock, fakeClock } from '../../../support/fakeClock.ts';
import { quietLog } from '../../../support/quietLog.ts';
import { recordedLog } from '../../../support/recordedLog.ts';
import { until } from '../../../support/until.ts';
import { failed, held, scriptedInvoker, succeeded } from '../triggers/scriptedInvoker.ts';

const second = 1_000;
const minute = 60 * second;

let azurite: Azurite;
let hosts = 0;
let hostId = '';
let started: RunningTimers[] = [];

beforeAll(async () => {
  azurite = await startAzurite();
});
beforeEach(() => {
  hostId = `host-${++hosts}`;
  started = [];
});
afterEach(async () => {
  await Promise.all(started.map((timers) => timers.stop()));
});
afterAll(() => azurite.stop());

const timer = (
  schedule: string,
  settings: object = {},
  retryOptions?: Record<string, unknown>,
): RegisteredFunction => ({
  name: 'tick',
  bindings: { when: { type: 'timerTrigger', direction: 'in', schedule, ...settings } },
  ...(retryOptions ? { retryOptions } : {}),
});

const start = async (options: Pick<TimersOptions, 'invoker' | 'clock'> & Partial<TimersOptions>) => {
  const timers = await startTimers({
    storage: { kind: 'string', text: azurite.connectionString },
    environment: {},
    hostId,
    log: quietLog,
    random: () => 0.5,
    ...options,
  });
  started.push(timers);
  return timers;
};

/** Lets time go by in steps until something has come about. */
const advanceUntil = <T>(clock: FakeClock, step: number, what: string, condition: () => T | Promise<T>) =>
  until(what, async () => {
    const found = await condition();
    if (found !== undefined && found !== false) return found;
    await clock.advance(step);
    return undefined;
  });

const container = () =>
  BlobServiceClient.fromConnectionString(azurite.connectionString).getContainerClient('azure-webjobs-hosts');

const statusBlob = () => container().getBlockBlobClient(`timers/${hostId}/tick/status`);

const storedStatus = async (): Promise<{ Last: string; Next: string; LastUpdated: string } | undefined> => {
  if (!(await statusBlob().exists())) return undefined;
  return JSON.parse(String(await statusBlob().downloadToBuffer()));
};

const storeStatus = async (status: object) => {
  await container().createIfNotExists();
  const text = JSON.stringify(status);
  await statusBlob().upload(text, Buffer.byteLength(text));
};

const inputOf = (run: Invocation | undefined) => {
  const [input] = run?.inputData ?? [];
  return input && 'json' in input.data ? JSON.parse(input.data.json) : undefined;
};

describe('a timer', () => {
  it('runs at each instant of its schedule', async () => {
    const clock = fakeClock();
    const at: number[] = [];
    const invoker = scriptedInvoker([timer('0 * * * * *')], () => {
      at.push(clock.wall());
      return succeeded;
    });
    // Without storage: its answers take real time, in which the clock of the test goes on.
    await start({ invoker, clock, storage: undefined });
    await advanceUntil(clock, 5 * second, 'three runs', () => at.length === 3);
    const [first = 0] = at;
    expect(first % minute).toBe(0);
    expect(at).toEqual([first, first + minute, first + 2 * minute]);
  });

  it('gives the function its schedule, its status and whether it is late, as the programming model takes them', async () => {
    const clock = fakeClock();
    const invoker = scriptedInvoker([timer('0 * * * * *')]);
    await start({ invoker, clock });
    await advanceUntil(clock, 5 * second, 'two runs', () => invoker.runs.length === 2);
    expect(invoker.runs[1]?.inputData[0]?.name).toBe('when');
    expect(inputOf(invoker.runs[1])).toEqual({
      Schedule: { AdjustForDST: true },
      ScheduleStatus: {
        Last: expect.stringMatching(/^2026-11-18T\d\d:\d\d:\d\d\+00:00$/),
        Next: expect.stringMatching(/^2026-11-18T\d\d:\d\d:\d\d\+00:00$/),
        LastUpdated: expect.stringMatching(/^2026-11-18T\d\d:\d\d:\d\d\+00:00$/),
      },
      IsPastDue: false,
    });
  });

  it('keeps its status in the blob that Azure keeps it in', async () => {
    const clock = fakeClock();
    const invoker = scriptedInvoker([timer('00:01:00')]);
    await start({ invoker, clock });
    const before = await until('the first status', storedStatus);
    expect(before.Last).toBe('0001-01-01T00:00:00+00:00');
    expect(Date.parse(before.Next) - Date.parse(before.LastUpdated)).toBe(minute);

    await advanceUntil(clock, 5 * second, 'a run', () => invoker.runs.length === 1);
    const after = await until('the next status', async () => {
      const status = await storedStatus();
      return status?.Last === before.Last ? undefined : status;
    });
    expect(after).toMatchObject({ Last: before.Next, LastUpdated: before.Next });
    expect(Date.parse(after.Next) - Date.parse(after.Last)).toBe(minute);
  });

  it.each([
    ['it fires more than once a minute', timer('*/10 * * * * *')],
    ['it asks for none', timer('0 * * * * *', { useMonitor: false })],
  ])('keeps no status when %s', async (_, tick) => {
    const clock = fakeClock();
    const invoker = scriptedInvoker([tick]);
    await start({ invoker, clock });
    await advanceUntil(clock, 5 * second, 'two runs', () => invoker.runs.length === 2);
    expect(await storedStatus()).toBeUndefined();
    expect(inputOf(invoker.runs[1])).toMatchObject({ ScheduleStatus: null, IsPastDue: false });
  });

  it('never runs twice at a time, and makes up for what it missed with one run', async () => {
    const clock = fakeClock();
    const long = held();
    const at: number[] = [];
    const invoker = scriptedInvoker([timer('*/10 * * * * *')], (_, count) => {
      at.push(clock.wall());
      return count === 1 ? long.result : succeeded;
    });
    await start({ invoker, clock });
    await advanceUntil(clock, second, 'a run', () => invoker.running() === 1);
    await clock.advance(35 * second);
    expect(invoker.runs).toHaveLength(1);

    long.end();
    await until('the run that was due', () => invoker.runs.length === 2);
    await advanceUntil(clock, second, 'the next run', () => invoker.runs.length === 3);
    const [first = 0] = at;
    expect(at).toEqual([first, first + 35 * second, first + 40 * second]);
  });

  it('runs at once, and late, when an instant went by while no host was up', async () => {
    const clock = fakeClock();
    const last = new Date(clock.wall() - 2 * minute).toISOString();
    const next = new Date(clock.wall() - minute).toISOString();
    await storeStatus({ Last: last, Next: next, LastUpdated: last });
    const invoker = scriptedInvoker([timer('00:01:00')]);
    await start({ invoker, clock });
    await until('the late run', () => invoker.runs.length === 1);
    expect(inputOf(invoker.runs[0]).IsPastDue).toBe(true);
    await advanceUntil(clock, 5 * second, 'the next run', () => invoker.runs.length === 2);
    expect(inputOf(invoker.runs[1]).IsPastDue).toBe(false);
  });

  it('runs at once when told to run on start', async () => {
    const clock = fakeClock();
    const invoker = scriptedInvoker([timer('0 0 0 1 1 *', { runOnStartup: true })]);
    await start({ invoker, clock });
    await until('the run', () => invoker.runs.length === 1);
    expect(inputOf(invoker.runs[0]).IsPastDue).toBe(false);
  });

  it('takes its schedule from an app setting', async () => {
    const clock = fakeClock();
    const invoker = scriptedInvoker([timer('%TICK_SCHEDULE%')]);
    await start({ invoker, clock, environment: { TICK_SCHEDULE: '*/10 * * * * *' } });
    await advanceUntil(clock, second, 'a run', () => invoker.runs.length === 1);
  });

  it('is left out, with a message, when its setting is missing or its schedule is none', async () => {
    const clock = fakeClock();
    const log = recordedLog();
    const wrong = { ...timer('0 0 25 * * *'), name: 'wrong' };
    const missing = { ...timer('%TICK_SCHEDULE%'), name: 'missing' };
    const invoker = scriptedInvoker([wrong, missing, timer('* * * * * *')]);
    const timers = await start({ invoker, clock, log });
    expect(timers.faults).toEqual([
      { functionName: 'wrong', message: expect.stringContaining('25 is no hour') },
      { functionName: 'missing', message: expect.stringContaining('the app setting TICK_SCHEDULE is missing') },
    ]);
    expect(log.lines.map(({ level, functionName }) => [level, functionName])).toEqual([
      ['error', 'wrong'],
      ['error', 'missing'],
    ]);
    await advanceUntil(clock, second, 'a run of the other', () => invoker.runs.length === 1);
  });

  it('runs without storage, too', async () => {
    const clock = fakeClock();
    const invoker = scriptedInvoker([timer('0 * * * * *')]);
    await start({ invoker, clock, storage: undefined });
    await advanceUntil(clock, 5 * second, 'two runs', () => invoker.runs.length === 2);
    expect(inputOf(invoker.runs[1]).ScheduleStatus.Last).toMatch(/^2026-11-18T/);
  });

  it('leaves functions with other triggers alone', async () => {
    const clock = fakeClock();
    const invoker = scriptedInvoker([{ name: 'web', bindings: { req: { type: 'httpTrigger', direction: 'in' } } }]);
    const timers = await start({ invoker, clock });
    expect(timers.faults).toEqual([]);
    expect(await timers.fire('web')).toBeUndefined();
  });
});

describe('a timer that fails', () => {
  const policy = { retryStrategy: 'fixedDelay', maxRetryCount: 2, delayInterval: { seconds: 7 } };

  it('is tried again as its policy says, and told which try it is', async () => {
    const clock = fakeClock();
    const at: number[] = [];
    const invoker = scriptedInvoker([timer('0 * * * * *', {}, policy)], () => {
      at.push(clock.wall());
      return failed;
    });
    await start({ invoker, clock });
    await advanceUntil(clock, second, 'three tries', () => at.length === 3);
    const [first = 0] = at;
    expect(at).toEqual([first, first + 7 * second, first + 14 * second]);
    expect(invoker.runs.map(({ retryContext }) => retryContext)).toEqual([
      { retryCount: 0, maxRetryCount: 2 },
      { retryCount: 1, maxRetryCount: 2 },
      { retryCount: 2, maxRetryCount: 2 },
    ]);
    await advanceUntil(clock, 5 * second, 'the next run', () => at.length === 4);
    expect(at[3]).toBe(first + minute);
  });

  it('is not tried again once it succeeded, nor without a policy', async () => {
    const clock = fakeClock();
    const once = scriptedInvoker([timer('0 * * * * *', {}, policy)], (_, count) => (count === 1 ? failed : succeeded));
    const never = scriptedInvoker([timer('0 * * * * *')], () => failed);
    await start({ invoker: once, clock, storage: undefined });
    await start({ invoker: never, clock, storage: undefined });
    await advanceUntil(clock, second, 'a second try', () => once.runs.length === 2);
    await clock.advance(30 * second);
    expect(once.runs).toHaveLength(2);
    expect(never.runs).toHaveLength(1);
    expect(never.runs[0]?.retryContext).toBeUndefined();
  });

  it('is not tried again when the host stops', async () => {
    const clock = fakeClock();
    const invoker = scriptedInvoker([timer('0 * * * * *', {}, policy)], () => failed);
    const timers = await start({ invoker, clock, storage: undefined });
    await advanceUntil(clock, second, 'the first try', () => invoker.runs.length === 1);
    await timers.stop();
    await clock.advance(minute);
    expect(invoker.runs).toHaveLength(1);
  });
});

describe('a timer of several hosts on one storage', () => {
  it('runs on one of them, and on another when that one stops', async () => {
    const [clockA, clockB] = [fakeClock(), fakeClock()];
    const a = scriptedInvoker([timer('*/10 * * * * *')]);
    const b = scriptedInvoker([timer('*/10 * * * * *')]);
    const hostA = await start({ invoker: a, clock: clockA });
    await advanceUntil(clockA, second, 'a run on the first host', () => a.runs.length === 1);
    await start({ invoker: b, clock: clockB });
    for (let turn = 0; turn < 4; turn++) await clockB.advance(10 * second);
    expect(b.runs).toHaveLength(0);

    await hostA.stop();
    await advanceUntil(clockB, second, 'a run on the second host', () => b.runs.length === 1);
  });

  it('goes over to another when its host dies, and the first does not run it on when it comes back', async () => {
    const [clockA, clockB] = [fakeClock(), fakeClock()];
    const a = scriptedInvoker([timer('*/10 * * * * *')]);
    const b = scriptedInvoker([timer('*/10 * * * * *')]);
    const log = recordedLog();
    await start({ invoker: a, clock: clockA, log });
    await advanceUntil(clockA, second, 'a run on the first host', () => a.runs.length > 0);
    const runsOfA = a.runs.length;
    await start({ invoker: b, clock: clockB });
    // The first host's clock stands still from here: it renews no more, and its lease runs out.
    await container().getBlobClient(`locks/${hostId}/tick.Listener`).getBlobLeaseClient().breakLease(0);
    await advanceUntil(clockB, second, 'a run on the second host', () => b.runs.length === 1);

    await clockA.advance(5 * second);
    await advanceUntil(clockA, 0, 'the loss of the lease', () => log.lines.length > 0);
    for (let turn = 0; turn < 4; turn++) await clockA.advance(10 * second);
    expect(a.runs.length - runsOfA).toBeLessThanOrEqual(1);
    expect(log.lines[0]).toMatchObject({ level: 'warn', message: 'a timer lost its lease' });
  });
});

describe('timers', () => {
  it('can be run by hand, after the run under way and without a change of status', async () => {
    const clock = fakeClock();
    const long = held();
    const invoker = scriptedInvoker([timer('0 * * * * *')], (_, count) => (count === 1 ? long.result : succeeded));
    const timers = await start({ invoker, clock });
    await advanceUntil(clock, 5 * second, 'a run', () => invoker.running() === 1);
    const before = await storedStatus();
    const fired = timers.fire('tick');
    await clock.advance(second);
    expect(invoker.runs).toHaveLength(1);

    long.end();
    expect(await fired).toEqual(succeeded);
    expect(inputOf(invoker.runs[1]).IsPastDue).toBe(false);
    const after = await storedStatus();
    expect(Date.parse(after?.Last ?? '')).toBe(Date.parse(before?.Next ?? ''));
  });

  it('let what runs come to its end when they stop', async () => {
    const clock = fakeClock();
    const long = held();
    const invoker = scriptedInvoker([timer('*/10 * * * * *')], () => long.result);
    const timers = await start({ invoker, clock });
    await advanceUntil(clock, second, 'a run', () => invoker.running() === 1);
    let hasStopped = false;
    const stopping = timers.stop().then(() => {
      hasStopped = true;
    });
    await clock.advance(second);
    expect(hasStopped).toBe(false);
    long.end();
    await stopping;
    await clock.advance(minute);
    expect(invoker.runs).toHaveLength(1);
  });

  it('run no more once they were stopped while they waited', async () => {
    const clock = fakeClock();
    const invoker = scriptedInvoker([timer('0 * * * * *')]);
    const timers = await start({ invoker, clock });
    await until('the first status', storedStatus);
    await timers.stop();
    await timers.stop();
    await clock.advance(minute);
    expect(invoker.runs).toEqual([]);
  });

  it('do not wait for ever for what runs', async () => {
    const clock = fakeClock();
    const endless = held();
    const invoker = scriptedInvoker([timer('*/10 * * * * *')], () => endless.result);
    const timers = await start({ invoker, clock });
    await advanceUntil(clock, second, 'a run', () => invoker.running() === 1);
    const stopping = timers.stop(20 * second);
    await clock.advance(20 * second);
    await stopping;
    expect(invoker.running()).toBe(1);
    endless.end();
  });
});
