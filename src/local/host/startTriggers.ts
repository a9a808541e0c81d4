import type { Clock } from '../../clock.ts';
import { fireFunction } from './fire.ts';
import type { HostLog } from './hostEvent.ts';
import type { InvocationResult, Invoker } from './invoker.ts';
import { hostIdOf } from './keys/hostKeys.ts';
import { startTimers } from './timers/startTimers.ts';
import { triggerLog } from './triggerLog.ts';

export interface TriggersOptions {
  readonly environment: Readonly<Record<string, string>>;
  readonly invoker: Invoker;
  readonly clock: Clock;
  readonly log: HostLog;
}

export interface RunningTriggers {
  /** Runs a function at once, whatever triggers it; `input` is what the caller gave. */
  fire(functionName: string, input: unknown): Promise<InvocationResult | undefined>;
  /** Takes nothing new, and lets what runs end for as long as `graceMs`. */
  stop(graceMs: number): Promise<void>;
}

/** Starts everything that calls functions of this host by itself. */
export const startTriggers = async (options: TriggersOptions): Promise<RunningTriggers> => {
  const { environment, invoker, clock } = options;
  const storage = environment.AzureWebJobsStorage || undefined;
  const log = triggerLog(options.log);
  const timers = await startTimers({ invoker, storage, environment, clock, hostId: hostIdOf(environment), log });
  return {
    fire: (functionName, input) => fireFunction(invoker, [timers], functionName, input),
    stop: (graceMs) => timers.stop(graceMs),
  };
};
