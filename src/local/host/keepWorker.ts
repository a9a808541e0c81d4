import type { HostLog } from './hostEvent.ts';
import type { RegisteredFunction } from './invoker.ts';
import { startWorker, type WorkerOptions, type WorkerProcess } from './workerProcess.ts';

export interface KeptWorker {
  /** All that the app registered when it was first loaded. */
  readonly functions: readonly RegisteredFunction[];
  /** The worker, once there is one that has loaded the app; `undefined` when there will be none any more. */
  current(): Promise<WorkerProcess | undefined>;
  stop(): Promise<void>;
}

/** Milliseconds before the next worker, by how many in a row ended soon after their start; the last repeats. */
const pausesMs = [0, 500, 1_000, 2_000, 5_000, 10_000];
/** A worker that lived this long did not end soon. */
const soonMs = 30_000;
const terminateMs = 5_000;

/** Starts a worker, and another whenever one ends by itself. @throws when the first cannot load the app */
export const keepWorker = async (options: Omit<WorkerOptions, 'log'> & { log: HostLog }): Promise<KeptWorker> => {
  const { clock, log } = options;
  const stopped = new AbortController();
  let newest: WorkerProcess | undefined;
  let shortLives = 0;

  const launch = async (): Promise<WorkerProcess> => {
    const worker = startWorker({ ...options, log: (entry) => log({ kind: 'log', ...entry }) });
    const since = clock.monotonic();
    newest = worker;
    await worker.loaded;
    log({ kind: 'workerStarted', pid: worker.pid });
    void worker.ended.then((end) => {
      log({ kind: 'workerExited', pid: worker.pid, ...end });
      if (clock.monotonic() - since >= soonMs) shortLives = 0;
      current = relaunch();
    });
    return worker;
  };

  const relaunch = async (): Promise<WorkerProcess | undefined> => {
    while (!stopped.signal.aborted) {
      await clock.sleep(pausesMs[shortLives] ?? pausesMs[pausesMs.length - 1] ?? 0, stopped.signal);
      if (stopped.signal.aborted) break;
      shortLives += 1;
      try {
        return await launch();
      } catch (error) {
        log({ kind: 'workerFailed', message: error instanceof Error ? error.message : String(error) });
      }
    }
    return undefined;
  };

  const first = await launch();
  const functions = await first.loaded;
  let current: Promise<WorkerProcess | undefined> = Promise.resolve(first);
  return {
    functions,
    current: () => current,
    async stop() {
      stopped.abort();
      await newest?.stop(terminateMs);
    },
  };
};
