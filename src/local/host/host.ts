/**
 * A stand-in for the Azure Functions host: one process that answers HTTP, minds timers and queues, and runs the
 * deployed bundle in a worker process of its own through the official programming model.
 */
import { resolve } from 'node:path';
import { type Clock, systemClock } from '../../clock.ts';
import type { RunningPart } from '../part.ts';
import { selectFunctions } from './functionFilter.ts';
import type { HostLog } from './hostEvent.ts';
import { hostHandler } from './hostHandler.ts';
import { type HostJson, readHostJson } from './hostJson.ts';
import { type Front, openFront } from './http/front.ts';
import { routesOf } from './http/routes.ts';
import type { Invoker, RegisteredFunction } from './invoker.ts';
import { type HostKeys, readHostKeys } from './keys/hostKeys.ts';
import { isLogged } from './logLevel.ts';
import { servedFunctions } from './servedFunctions.ts';
import { type RunningTriggers, startTriggers } from './startTriggers.ts';
import { type Supervisor, superviseWorker } from './supervisor/supervisor.ts';
import { within } from './within.ts';

export interface HostOptions {
  /** 0 for a free one. */
  readonly port: number;
  /** Where the app's package.json and host.json are. */
  readonly appRoot: string;
  /** The built worker. */
  readonly workerPath: string;
  /** All that the app and the host may know of their environment. */
  readonly environment: Readonly<Record<string, string>>;
  /** Names, or `http` for all with an HTTP trigger; all by default. */
  readonly functions?: readonly string[];
  readonly log: HostLog;
  /** Milliseconds until Azure's front door would give up an HTTP answer; 230,000 by default. */
  readonly httpLimitMs?: number;
  /** Milliseconds that running invocations have to end in when the host is stopped, and then the app; 10,000 by default. */
  readonly graceMs?: number;
  /** A queue's message that a function works on when its host dies is there again after so many: 2 at least, 600 by default. */
  readonly messageLeaseSeconds?: number | undefined;
  readonly clock?: Clock;
}

export interface RunningHost extends RunningPart {
  readonly keys: HostKeys;
  /** What this host runs: the app's functions, less those that a filter or a setting took out. */
  readonly functions: readonly RegisteredFunction[];
}

/**
 * Starts a host. When it resolves, every function that it serves can be reached.
 *
 * @throws when the port is taken, the storage does not answer, the app cannot be loaded or registers nothing, or a
 *   function is asked for that the app has not
 */
export const startHost = async (given: HostOptions): Promise<RunningHost> => {
  const options = { ...given, appRoot: resolve(given.appRoot) };
  const clock = options.clock ?? systemClock;
  const hostJson = readHostJson(options.appRoot);
  const log: HostLog = (event) => {
    if (event.kind !== 'log' || isLogged(hostJson.logLevels, event)) options.log(event);
  };
  const front = await openFront(options.port, clock, log);
  try {
    const keys = await readHostKeys(options.environment);
    const supervisor = await superviseWorker({
      workerPath: options.workerPath,
      appRoot: options.appRoot,
      environment: workerEnvironment(options, front.url),
      functionTimeoutMs: hostJson.functionTimeoutMs,
      clock,
      log,
    });
    return await serve({ options, clock, log, hostJson, front, keys, supervisor });
  } catch (error) {
    front.cut();
    await front.stop();
    throw error;
  }
};

interface Started {
  readonly options: HostOptions;
  readonly clock: Clock;
  readonly log: HostLog;
  readonly hostJson: HostJson;
  readonly front: Front;
  readonly keys: HostKeys;
  readonly supervisor: Supervisor;
}

const workerEnvironment = ({ appRoot, environment }: HostOptions, url: string) => ({
  FUNCTIONS_WORKER_RUNTIME: 'node',
  AZURE_FUNCTIONS_ENVIRONMENT: 'Development',
  AzureWebJobsScriptRoot: appRoot,
  WEBSITE_HOSTNAME: new URL(url).host,
  ...environment,
  // The platform's names have TLS; this host has none.
  GATEWAY_URL: environment.GATEWAY_URL || url,
});

const serve = async (started: Started): Promise<RunningHost> => {
  const { options, clock, log, hostJson, front, keys, supervisor } = started;
  const { environment, httpLimitMs, messageLeaseSeconds } = options;
  try {
    const functions = selectFunctions(supervisor.functions, options.functions, hostJson.functions, environment);
    const invoker: Invoker = { functions, invoke: supervisor.invoke };
    const routes = routesOf(functions, hostJson.routePrefix);
    const triggers = await startTriggers({ environment, hostJson, invoker, clock, log, messageLeaseSeconds });
    front.serve(hostHandler({ environment, clock, keys, routes, triggers, httpLimitMs }));
    log({ kind: 'ready', url: front.url, functions: servedFunctions(functions, routes, front.url), keys });
    let stopped: Promise<void> | undefined;
    return { url: front.url, keys, functions, stop: () => (stopped ??= stopHost(started, triggers)) };
  } catch (error) {
    await supervisor.stop(0);
    throw error;
  }
};

/** Takes nothing new, lets what runs come to its end, and ends the worker. */
const stopHost = async ({ options, clock, log, front, supervisor }: Started, triggers: RunningTriggers) => {
  const { graceMs = 10_000 } = options;
  const end = clock.monotonic() + graceMs;
  log({ kind: 'stopping' });
  const closed = front.stop();
  await triggers.stop(graceMs);
  await supervisor.drain(Math.max(0, end - clock.monotonic()));
  await supervisor.stop(graceMs);
  await within(clock, 1_000, closed);
  front.cut();
  await closed;
  log({ kind: 'stopped' });
};
