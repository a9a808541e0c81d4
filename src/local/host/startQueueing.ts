import type { Clock } from '../../clock.ts';
import type { Log } from '../../log.ts';
import type { Firing } from './fire.ts';
import { type HostJson, hostJsonSection } from './hostJson.ts';
import type { Invocation, Invoker } from './invoker.ts';
import { type QueueOutputs, queueOutputs } from './queues/outputs.ts';
import { type RunningQueues, startQueues } from './queues/startQueues.ts';

export interface QueueingOptions {
  readonly environment: Readonly<Record<string, string>>;
  readonly hostJson: HostJson;
  readonly invoker: Invoker;
  readonly clock: Clock;
  readonly log: Log;
  readonly messageLeaseSeconds?: number | undefined;
}

export interface Queueing extends Firing {
  /** As it was given, but what functions put out to queues is sent. */
  readonly invoker: Invoker;
  stop(graceMs: number): Promise<void>;
}

/** Starts the queue functions, and sends what any function puts out to a queue; does nothing where no function does. */
export const startQueueing = async (options: QueueingOptions): Promise<Queueing> => {
  const { hostJson, invoker: plain, environment } = options;
  if (!usesQueues(plain)) return { invoker: plain, fire: async () => undefined, stop: async () => undefined };
  const settings = hostJsonSection(hostJson, 'extensions', 'queues');
  let queues: RunningQueues | undefined;
  const notify = (queueName: string) => queues?.notify(queueName);
  const invoker = sendingOutputs(plain, await queueOutputs({ environment, settings, notify }), options.log);
  const started = await startQueues({ ...options, invoker, settings, hiddenSeconds: options.messageLeaseSeconds });
  queues = started;
  return { invoker, fire: started.fire, stop: started.stop };
};

const usesQueues = ({ functions }: Invoker): boolean =>
  functions.some(({ bindings }) =>
    Object.values(bindings).some(({ type }) => ['queue', 'queuetrigger'].includes(type.toLowerCase())),
  );

const sendingOutputs = ({ functions, invoke }: Invoker, send: QueueOutputs, log: Log): Invoker => ({
  functions,
  async invoke(invocation: Invocation) {
    const result = await invoke(invocation);
    const ran = functions.find(({ name }) => name === invocation.functionName);
    const sent = ran ? await send(ran, result) : result;
    if (result.kind === 'succeeded' && sent.kind === 'failed') {
      log.error(sent.message, { functionName: invocation.functionName });
    }
    return sent;
  },
});
