import { app, type InvocationContext, output, type Timer } from '@azure/functions';
import { eventInvocation } from '../../../../src/local/host/eventGrid/eventInvocation.ts';
import type { Invocation, RegisteredFunction } from '../../../../src/local/host/invoker.ts';
import { queueInvocation } from '../../../../src/local/host/queues/queueInvocation.ts';
import { readQueueSettings } from '../../../../src/local/host/queues/queueSettings.ts';
import { queueTriggerOf } from '../../../../src/local/host/queues/queueTrigger.ts';
import { statusAfter } from '../../../../src/local/host/timers/scheduleStatus.ts';
import { timerInvocation, timerOf } from '../../../../src/local/host/timers/timer.ts';
import { getProgrammingModel, registered } from '../../../support/functionsCore.ts';

const given: { input: unknown; context: InvocationContext }[] = [];
const handler = (input: unknown, context: InvocationContext) => {
  given.push({ input, context });
};
const retry = {
  strategy: 'exponentialBackoff',
  maxRetryCount: 3,
  minimumInterval: 4_000,
  maximumInterval: { minutes: 1 },
} as const;

app.timer('tick', { schedule: '0 */5 * * * *', useMonitor: true, retry, handler });
app.storageQueue('work', {
  queueName: 'Alerts',
  connection: 'Storage',
  handler,
  return: output.storageQueue({ queueName: 'results', connection: 'Storage' }),
});
app.eventGrid('alertRaised', { handler });

/** As the worker tells the host: by way of JSON. */
const functionOf = (name: string): RegisteredFunction =>
  JSON.parse(JSON.stringify(registered().get(name)?.metadata)) as RegisteredFunction;

/** What a function is given when the official programming model runs an invocation of the host. */
const received = async (invocation: Invocation) => {
  const metadata = registered().get(invocation.functionName)?.metadata;
  const core = { invocationId: 'i1', metadata, request: invocation, log: () => {} };
  const model = getProgrammingModel()?.getInvocationModel(core);
  if (!model) throw new Error('the library has set no programming model');
  const { context, inputs } = await model.getArguments();
  await model.invokeFunction(context, inputs, handler);
  const last = given.at(-1);
  if (!last) throw new Error('the function was not run');
  return last;
};

const environment = { Storage: 'UseDevelopmentStorage=true' };

describe('through the official programming model', () => {
  it('a timer function is given its schedule in camelCase', async () => {
    const timer = timerOf(functionOf('tick'), environment, () => 0.5);
    if (!timer) throw new Error('no timer');
    const status = statusAfter(timer.schedule, Date.UTC(2026, 10, 21, 10, 15));
    const retried = { ...timerInvocation(timer, status, true), retryContext: { retryCount: 1, maxRetryCount: 3 } };
    const { input, context } = await received(retried);
    expect(input).toEqual<Timer>({
      isPastDue: true,
      schedule: { adjustForDST: true },
      scheduleStatus: {
        last: '2026-11-21T10:15:00+00:00',
        next: '2026-11-21T10:20:00+00:00',
        lastUpdated: '2026-11-21T10:15:00+00:00',
      },
    });
    expect(context.retryContext).toEqual({ retryCount: 1, maxRetryCount: 3 });
    expect(context.triggerMetadata).toBeUndefined();
  });

  it('a timer function keeps the retry policy it was registered with', () => {
    const timer = timerOf(functionOf('tick'), environment, () => 0.5);
    const waits = timer?.retry?.waits();
    expect(timer?.retry?.maxRetryCount).toBe(3);
    expect([1, 2, 3].map(() => waits?.next(false))).toEqual([4_000, 8_000, 12_000]);
  });

  it('a queue function is given the message as an object, and its properties in camelCase', async () => {
    const trigger = queueTriggerOf(functionOf('work'), environment, readQueueSettings({}));
    if (!trigger) throw new Error('no queue trigger');
    expect(trigger).toMatchObject({
      queueName: 'alerts',
      connection: { kind: 'string', text: 'UseDevelopmentStorage=true' },
    });
    const message = {
      id: 'b06b5e0b-2f6a-4f73-a1a1-1f1f0c4c7d10',
      popReceipt: 'AgAAAAMAAAAAAAAA',
      text: '',
      dequeueCount: 2,
      insertedAt: Date.UTC(2026, 10, 21, 10),
      expiresAt: Date.UTC(2026, 10, 28, 10),
      nextVisibleAt: Date.UTC(2026, 10, 21, 10, 10),
    };
    const invocation = queueInvocation(trigger, message, Buffer.from('{"Id":"a1"}'));
    if (!invocation) throw new Error('no invocation');
    const { input, context } = await received(invocation);
    expect(input).toEqual({ Id: 'a1' });
    expect(context.triggerMetadata).toEqual({
      queueTrigger: { id: 'a1' },
      dequeueCount: 2,
      id: message.id,
      popReceipt: message.popReceipt,
      insertionTime: '2026-11-21T10:00:00+00:00',
      expirationTime: '2026-11-28T10:00:00+00:00',
      nextVisibleTime: '2026-11-21T10:10:00+00:00',
    });
  });

  it('an Event Grid function is given the event, and its data beside it', async () => {
    const event = { id: 'e1', eventType: 'AlertRaised', data: { alertId: 'a1' } };
    const { input, context } = await received(eventInvocation(functionOf('alertRaised'), event));
    expect(input).toEqual(event);
    expect(context.triggerMetadata).toEqual({ data: { alertId: 'a1' } });
  });
});
