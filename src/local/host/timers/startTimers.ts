import type { ContainerClient } from '@azure/storage-blob';
import type { Clock } from '../../../clock.ts';
import type { Log } from '../../../log.ts';
import type { InvocationResult, Invoker } from '../invoker.ts';
import type { Connection } from '../storage/connection.ts';
import { blobService } from '../storage/storageClients.ts';
import type { Environment } from '../triggers/appSettings.ts';
import { type FunctionFault, readEach } from '../triggers/functionFault.ts';
import { within } from '../within.ts';
import { blobLease, type LeaseTimes, ownLease } from './listenerLease.ts';
import { listenTimer } from './listenTimer.ts';
import { blobStatusStore, memoryStatusStore } from './statusStore.ts';
import { type Timer, timerOf } from './timer.ts';
import { timerRuns } from './timerRuns.ts';

export interface TimersOptions {
  readonly invoker: Invoker;
  /** Of blobs. Without it, every host runs every timer and forgets its status. */
  readonly storage?: Connection | undefined;
  /** Where a schedule's `%NAME%` comes from. */
  readonly environment: Environment;
  readonly clock: Clock;
  readonly hostId: string;
  readonly log: Log;
  /** The lease of a timer: 15 seconds, and tried for every 5, by default. */
  readonly lease?: LeaseTimes;
  /** At least 0, below 1; spreads the waits between retries. */
  readonly random?: () => number;
}

export interface RunningTimers {
  /** The timers that do not run, because their settings are wrong. Azure too goes on without them. */
  readonly faults: readonly FunctionFault[];
  /**
   * Runs a timer now, once any run of it under way in this host is over; `undefined` where the function is no timer.
   * As in Azure, neither the lease nor the status has a part in it.
   */
  fire(functionName: string): Promise<InvocationResult | undefined>;
  /**
   * Ends all timers: none starts any more, and what runs comes to its end.
   *
   * @param graceMs  the most to wait for that; 30,000 by default
   */
  stop(graceMs?: number): Promise<void>;
}

/** Starts the timers of an app. They wait for their leases in the background, and outlast faults of the storage. */
export const startTimers = async (options: TimersOptions): Promise<RunningTimers> => {
  const { invoker, environment, log } = options;
  const random = options.random ?? Math.random;
  const container = options.storage ? await hostContainer(options.storage, environment) : undefined;
  const { read: timers, faults } = readEach(invoker.functions, log, (each) => timerOf(each, environment, random));
  const listeners = new Map(timers.map((timer) => [timer.functionName, startTimer(timer, container, options)]));
  return {
    faults,
    fire: async (functionName) => listeners.get(functionName)?.fire(),
    async stop(graceMs = 30_000) {
      await Promise.all([...listeners.values()].map((listener) => listener.stop(graceMs)));
    },
  };
};

const startTimer = (timer: Timer, container: ContainerClient | undefined, options: TimersOptions) => {
  const { invoker, clock, log, hostId, lease: times = { leaseSeconds: 15, retryMs: 5_000 } } = options;
  const stop = new AbortController();
  const shared = { timer, clock, log, stopping: stop.signal };
  const path = `locks/${hostId}/${timer.functionName}.Listener`;
  const lease = container ? blobLease({ ...times, container, path, clock, log }) : ownLease;
  const store = container ? blobStatusStore(container, hostId) : memoryStatusStore();
  const runs = timerRuns({ ...shared, invoker, store });
  const listening = listenTimer({ ...shared, runs, lease, retryMs: times.retryMs });
  return {
    fire: runs.fire,
    async stop(graceMs: number) {
      stop.abort();
      await within(clock, graceMs, listening.then(runs.idle));
    },
  };
};

const hostContainer = async (storage: Connection, environment: Environment): Promise<ContainerClient> =>
  (await blobService(storage, environment, { maxTries: 2 })).getContainerClient('azure-webjobs-hosts');
