import { join } from 'node:path';
import type { Clock } from '../../../../src/clock.ts';
import type { HostEvent } from '../../../../src/local/host/hostEvent.ts';
import { type KeptWorker, keepWorker } from '../../../../src/local/host/supervisor/keepWorker.ts';
import { fakeClock } from '../../../support/fakeClock.ts';
import { until } from '../../../support/until.ts';

const invocation = { functionName: 'any', inputData: [], triggerMetadata: {} };

let kept: KeptWorker | undefined;
afterEach(() => kept?.stop(0));

const known = [0, 500, 1_000, 2_000, 5_000, 10_000];

/** Keeps a worker; pauses are noted and over at once, other time goes by only when the test says so. */
const keep = async (name: string) => {
  const workerPath = join(process.cwd(), 'test/local/host/workers', name);
  const own = fakeClock();
  const pauses: number[] = [];
  const clock: Clock = {
    ...own,
    sleep: (ms, signal) => (known.includes(ms) ? Promise.resolve(void pauses.push(ms)) : own.sleep(ms, signal)),
  };
  const events: HostEvent[] = [];
  const log = (event: HostEvent) => void events.push(event);
  kept = await keepWorker({ workerPath, appRoot: process.cwd(), environment: {}, clock, log });
  return { kept, pauses, own, count: (kind: HostEvent['kind']) => events.filter((one) => one.kind === kind).length };
};

describe('workers that end soon after their start', () => {
  it('are followed at once the first time, and after ever longer pauses from then on', async () => {
    const { pauses } = await keep('short.cjs');
    await until('seven pauses', () => pauses.length >= 7);
    expect(pauses.slice(0, 7)).toEqual([...known, 10_000]);
  });
});

describe('a worker that lived for half a minute', () => {
  it('is followed at once, whatever became of those before', async () => {
    const { kept: keeping, pauses, own, count } = await keep('mortal.cjs');
    for (const [round, livedMs] of [29_999, 29_999, 30_000].entries()) {
      const worker = await keeping.current();
      own.stall(livedMs);
      expect(await worker?.run('any', invocation)).toMatchObject({ kind: 'crashed' });
      await until('the next worker', () => count('workerStarted') === round + 2);
    }
    expect(pauses).toEqual([0, 500, 0]);
  });
});
