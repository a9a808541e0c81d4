/** Runs invocations in the worker, and gives each an end: what it returned, what it threw, its limit, or a crash. */
import { randomUUID } from 'node:crypto';
import type { Clock } from '../../../clock.ts';
import type { HostLog } from '../hostEvent.ts';
import type { Invocation, InvocationResult, RegisteredFunction } from '../invoker.ts';
import { within } from '../within.ts';
import { type KeptWorker, keepWorker } from './keepWorker.ts';
import type { WorkerOptions, WorkerProcess } from './workerProcess.ts';

export interface SupervisorOptions extends Omit<WorkerOptions, 'log'> {
  /** Milliseconds that one invocation may take; `undefined` for no limit. */
  readonly functionTimeoutMs: number | undefined;
  readonly log: HostLog;
}

export interface Supervisor {
  /** All that the app registered. */
  readonly functions: readonly RegisteredFunction[];
  invoke(invocation: Invocation): Promise<InvocationResult>;
  /** Waits until nothing runs any more, but no longer than `graceMs`. */
  drain(graceMs: number): Promise<void>;
  /** Ends the worker; the app's appTerminate hooks have `graceMs`. */
  stop(graceMs: number): Promise<void>;
}

/** Milliseconds that an invocation waits for a worker, while one is started again. */
const patienceMs = 60_000;

/** Starts the app in a worker process. @throws when the app cannot be loaded */
export const superviseWorker = async (options: SupervisorOptions): Promise<Supervisor> => {
  const { clock, log } = options;
  const kept = await keepWorker(options);
  const running = new Set<Promise<unknown>>();

  const runAndTell = async (invocation: Invocation): Promise<InvocationResult> => {
    const started = clock.monotonic();
    const invocationId = randomUUID();
    const result = await run(options, kept, invocationId, invocation);
    const ms = Math.round(clock.monotonic() - started);
    const message = 'message' in result ? { message: result.message } : {};
    const { functionName } = invocation;
    log({ kind: 'invocation', functionName, invocationId, outcome: result.kind, ms, ...message });
    return result;
  };

  return {
    functions: kept.functions,
    invoke(invocation) {
      const result = runAndTell(invocation);
      running.add(result);
      return result.finally(() => running.delete(result));
    },
    async drain(graceMs) {
      await within(clock, graceMs, emptied(running));
    },
    stop: kept.stop,
  };
};

const run = async (
  { clock, functionTimeoutMs }: SupervisorOptions,
  kept: KeptWorker,
  invocationId: string,
  invocation: Invocation,
): Promise<InvocationResult> => {
  const worker = kept.atHand() ?? (await nextWorker(clock, kept));
  if (!worker) return { kind: 'crashed', message: 'there is no worker process to run it' };
  const answer = await within(clock, functionTimeoutMs, worker.run(invocationId, invocation));
  if (answer.kind === 'inTime') return answer.value;
  worker.kill();
  return { kind: 'timedOut' };
};

const nextWorker = async (clock: Clock, kept: KeptWorker): Promise<WorkerProcess | undefined> => {
  const found = await within(clock, patienceMs, liveWorker(kept));
  return found.kind === 'inTime' ? found.value : undefined;
};

/** A worker that just ended is still the current one until its end was noticed. */
const liveWorker = async (kept: KeptWorker): Promise<WorkerProcess | undefined> => {
  for (;;) {
    const worker = await kept.current();
    if (!worker || worker.isRunning()) return worker;
    await worker.ended;
  }
};

/** What runs may start more, such as a request on a connection that was open already. */
const emptied = async (running: ReadonlySet<Promise<unknown>>): Promise<void> => {
  while (running.size > 0) await Promise.all(running);
};
