import type { Clock } from '../../../clock.ts';
import type { Log } from '../../../log.ts';
import type { InvocationResult, Invoker } from '../invoker.ts';
import type { Environment } from '../triggers/appSettings.ts';
import { type FunctionFault, readEach } from '../triggers/functionFault.ts';
import { within } from '../within.ts';
import { listenQueue } from './listenQueue.ts';
import { azureLeaseSeconds } from './messageLease.ts';
import { handmadeInvocation } from './queueInvocation.ts';
import { readQueueSettings } from './queueSettings.ts';
import { type QueueTrigger, queueTriggerOf } from './queueTrigger.ts';
import { type OpenQueue, queueOpener } from './storageQueue.ts';

export interface QueuesOptions {
  readonly invoker: Invoker;
  /** Where connections and a queue name's `%NAME%` come from. */
  readonly environment: Environment;
  /** What host.json has under `extensions.queues`. */
  readonly settings: unknown;
  readonly clock: Clock;
  readonly log: Log;
  /** For how long a message is hidden while it is worked on, renewed at half of it; `azureLeaseSeconds` by default. */
  readonly hiddenSeconds?: number | undefined;
  /** At least 0, below 1; spreads the waits between two looks. */
  readonly random?: () => number;
}

export interface RunningQueues {
  /** The queue functions that do not run, because their settings are wrong. Azure too goes on without them. */
  readonly faults: readonly FunctionFault[];
  /** Makes the listeners of a queue look at once, as the host does when one of its own functions wrote to it. */
  notify(queueName: string): void;
  /** Runs a queue function with a text in place of a message; `undefined` where the function is none. */
  fire(functionName: string, text: string): Promise<InvocationResult | undefined>;
  /**
   * Takes no more messages and lets what runs come to its end.
   *
   * @param graceMs  the most to wait for that, 30,000 by default; messages still at work then reappear in their time
   */
  stop(graceMs?: number): Promise<void>;
}

/**
 * Starts the queue functions of an app. A queue need not be there yet: it is found when it appears.
 *
 * @throws when a setting of host.json is one that Azure refuses
 */
export const startQueues = async (options: QueuesOptions): Promise<RunningQueues> => {
  const { invoker, environment, log } = options;
  const settings = readQueueSettings(options.settings);
  const open = await queueOpener(environment);
  const { read: triggers, faults } = readEach(invoker.functions, log, (each) =>
    queueTriggerOf(each, environment, settings),
  );
  const stopping = new AbortController();
  const abandoned = new AbortController();
  const notify = (queueName: string) => {
    for (const listener of listeners) if (listener.queueName === queueName) listener.wake();
  };
  const shared = { invoker, settings, notify, log, clock: options.clock, abandoned: abandoned.signal };
  const listeners = triggers.map((trigger) => {
    const work = {
      ...shared,
      ...queuesOf(trigger, open),
      trigger,
      hiddenSeconds: options.hiddenSeconds ?? azureLeaseSeconds,
    };
    const listener = listenQueue(work, options.random ?? Math.random, stopping.signal);
    return { queueName: trigger.queueName, ...listener };
  });
  return {
    faults,
    notify,
    fire: (functionName, text) => fire(triggers, options, functionName, text),
    async stop(graceMs = 30_000) {
      stopping.abort();
      await within(options.clock, graceMs, Promise.all(listeners.map(({ ended }) => ended)));
      abandoned.abort();
    },
  };
};

/** A poison queue has none itself, and a name has 63 characters at most ("Naming queues and metadata"). */
const queuesOf = ({ connection, queueName }: QueueTrigger, open: OpenQueue) => {
  const poison = `${queueName}-poison`;
  const hasNone = queueName.endsWith('-poison') || poison.length > 63;
  return { queue: open(connection, queueName), poison: hasNone ? undefined : open(connection, poison) };
};

const fire = async (
  triggers: readonly QueueTrigger[],
  { invoker, clock }: QueuesOptions,
  functionName: string,
  text: string,
): Promise<InvocationResult | undefined> => {
  const trigger = triggers.find((one) => one.functionName === functionName);
  return trigger && invoker.invoke(handmadeInvocation(trigger, text, clock.wall()));
};
