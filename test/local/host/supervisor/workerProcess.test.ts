import { join } from 'node:path';
import { systemClock } from '../../../../src/clock.ts';
import type { LogEntry } from '../../../../src/local/host/protocol.ts';
import { startWorker, type WorkerProcess } from '../../../../src/local/host/supervisor/workerProcess.ts';

const invocation = { functionName: 'any', inputData: [], triggerMetadata: {} };

let worker: WorkerProcess | undefined;
afterEach(() => worker?.kill());

const start = (name: string) => {
  const entries: LogEntry[] = [];
  const workerPath = join(process.cwd(), 'test/local/host/workers', name);
  const log = (entry: LogEntry) => void entries.push(entry);
  worker = startWorker({ workerPath, appRoot: process.cwd(), environment: {}, clock: systemClock, log });
  return { worker, entries };
};

describe('a worker process', () => {
  it('has ended when all that it printed was heard', async () => {
    const { worker: talking, entries } = start('talkative.cjs');
    await talking.loaded;
    void talking.run('any', invocation);
    expect(await talking.ended).toEqual({ code: 3, signal: null });
    expect(entries.map(({ message }) => message)).toEqual(['the last words']);
  });

  it('is killed when the host’s process exits', async () => {
    const before = new Set(process.listeners('exit'));
    const { worker: silent } = start('mortal.cjs');
    await silent.loaded;
    for (const listener of process.listeners('exit')) if (!before.has(listener)) listener(0);
    expect(await silent.ended).toEqual({ code: null, signal: 'SIGKILL' });
  });
});
