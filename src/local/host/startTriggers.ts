import type { Clock } from '../../clock.ts';
import { eventGridWebhook } from './eventGrid/webhook.ts';
import { fireFunction } from './fire.ts';
import type { HostLog } from './hostEvent.ts';
import type { HostJson } from './hostJson.ts';
import type { InvocationResult, Invoker } from './invoker.ts';
import { hostIdOf } from './keys/hostKeys.ts';
import { startQueueing } from './startQueueing.ts';
import { hostsConnection } from './storage/connection.ts';
import { startTimers } from './timers/startTimers.ts';
import { triggerLog } from './triggerLog.ts';
import { saying } from './triggers/storageFault.ts';

export interface TriggersOptions {
  readonly environment: Readonly<Record<string, string>>;
  readonly hostJson: HostJson;
  /** Runs functions, and leaves what they put out. */
  readonly invoker: Invoker;
  readonly clock: Clock;
  readonly log: HostLog;
  /** For how long a queue's message is hidden while it is worked on; as in Azure where undefined. */
  readonly messageLeaseSeconds?: number | undefined;
}

export interface RunningTriggers {
  /** Runs functions and sends what they put out. */
  readonly invoker: Invoker;
  readonly eventGrid: ReturnType<typeof eventGridWebhook>;
  /** Runs a function at once, whatever triggers it; `input` is what the caller gave. */
  fire(functionName: string, input: unknown): Promise<InvocationResult | undefined>;
  /** Takes nothing new, and lets what runs end for as long as `graceMs`. */
  stop(graceMs: number): Promise<void>;
}

/** Starts everything that calls functions of this host by itself. @throws when host.json has wrong queue settings */
export const startTriggers = async (options: TriggersOptions): Promise<RunningTriggers> => {
  const { environment, clock } = options;
  const log = triggerLog(options.log);
  const queueing = await startQueueing({ ...options, log });
  const { invoker } = queueing;
  const storage = hostsConnection('blob', environment);
  const timers = await startTimers({ invoker, storage, environment, clock, hostId: hostIdOf(environment), log });
  return {
    invoker,
    eventGrid: eventGridWebhook(invoker),
    fire: (functionName, input) =>
      fireFunction(invoker, [timers, queueing], functionName, input).catch((error) => {
        log.error('a function could not be run by hand', { functionName, said: saying(error) });
        return undefined;
      }),
    async stop(graceMs) {
      await Promise.all([timers.stop(graceMs), queueing.stop(graceMs)]);
    },
  };
};
