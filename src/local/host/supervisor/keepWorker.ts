import type { HostLog } from '../hostEvent.ts';
import type { RegisteredFunction } from '../invoker.ts';
import { within } from '../within.ts';
import { startWorker, type WorkerOptions, type WorkerProcess } from './workerProcess.ts';

export interface KeptWorker {
  /** All that the app registered when it was first loaded. */
  readonly functions: readonly RegisteredFunction[];
  /** The worker that runs and has loaded the app, if there is one now. */
  atHand(): WorkerProcess | undefined;
  /** The worker, once there is one that has loaded the app; `undefined` when there will be none any more. */
  current(): Promise<WorkerProcess | undefined>;
  /** Gives the app's appTerminate hooks `graceMs`. */
  stop(graceMs: number): Promise<void>;
}

export type KeepOptions = Omit<WorkerOptions, 'log'> & { readonly log: HostLog };

/** Milliseconds before the next worker, by how many in a row ended soon after their start; the last repeats. */
const pausesMs = [0, 500, 1_000, 2_000, 5_000, 10_000];
/** A worker that lived this long did not end soon. */
const soonMs = 30_000;
const loadMs = 60_000;

interface Succession {
  readonly stopped: AbortController;
  current: Promise<WorkerProcess | undefined>;
  /** The last that has loaded the app. */
  loaded: WorkerProcess | undefined;
  newest: WorkerProcess | undefined;
  shortLives: number;
}

/** Starts a worker, and another whenever one ends by itself. @throws when the first cannot load the app */
export const keepWorker = async (options: KeepOptions): Promise<KeptWorker> => {
  const succession: Succession = {
    stopped: new AbortController(),
    current: Promise.resolve(undefined),
    loaded: undefined,
    newest: undefined,
    shortLives: 0,
  };
  const first = await launch(options, succession);
  return {
    functions: await first.loaded,
    atHand: () => (succession.loaded?.isRunning() ? succession.loaded : undefined),
    current: () => succession.current,
    async stop(graceMs) {
      succession.stopped.abort();
      await succession.newest?.stop(graceMs);
    },
  };
};

/** Starts a worker; from when it has loaded the app it is the current one, until it ends. */
const launch = async (options: KeepOptions, succession: Succession): Promise<WorkerProcess> => {
  const { clock, log } = options;
  const since = clock.monotonic();
  const worker = startWorker({ ...options, log: (entry) => log({ kind: 'log', ...entry }) });
  succession.newest = worker;
  await untilLoaded(options, worker);
  log({ kind: 'workerStarted', pid: worker.pid });
  succession.current = Promise.resolve(worker);
  succession.loaded = worker;
  void worker.ended.then((end) => {
    log({ kind: 'workerExited', pid: worker.pid, ...end });
    if (clock.monotonic() - since >= soonMs) succession.shortLives = 0;
    succession.current = relaunch(options, succession);
  });
  return worker;
};

const relaunch = async (options: KeepOptions, succession: Succession): Promise<WorkerProcess | undefined> => {
  const { signal } = succession.stopped;
  while (!signal.aborted) {
    await options.clock.sleep(pauseMs(succession.shortLives), signal);
    if (signal.aborted) break;
    succession.shortLives += 1;
    try {
      return await launch(options, succession);
    } catch (error) {
      options.log({ kind: 'workerFailed', message: error instanceof Error ? error.message : String(error) });
    }
  }
  return undefined;
};

const untilLoaded = async ({ clock, appRoot }: KeepOptions, worker: WorkerProcess): Promise<void> => {
  try {
    const loaded = await within(clock, loadMs, worker.loaded);
    if (loaded.kind === 'late')
      throw new Error(`the app in ${appRoot} was not loaded within ${loadMs / 1_000} seconds`);
  } catch (error) {
    worker.kill();
    await worker.ended;
    throw error;
  }
};

const pauseMs = (shortLives: number) => pausesMs[Math.min(shortLives, pausesMs.length - 1)] ?? 0;
