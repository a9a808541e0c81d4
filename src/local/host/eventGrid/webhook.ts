/** The address that Event Grid delivers to: `POST /runtime/webhooks/eventgrid?functionName=F`. */
import { type Answer, bare, jsonAnswer, textAnswer } from '../http/answer.ts';
import type { Webhook } from '../http/webhookHandler.ts';
import type { Invoker, RegisteredFunction } from '../invoker.ts';
import { type EventObject, eventInvocation, eventTriggerOf, isEvent } from './eventInvocation.ts';

/**
 * Answers Event Grid as its extension of the host does. A subscription is validated by its code; each event of a
 * notification (a batch, or one CloudEvent) is a run of its own, all at the same time, and one that fails makes the
 * answer a 500, upon which Event Grid sends the whole batch again. Whether the caller may come here, by the system key
 * `eventgrid_extension`, is for the HTTP front to decide before.
 *
 * @returns 404 for a function that is none or has another trigger, 400 for a delivery that cannot be read
 */
export const eventGridWebhook =
  (invoker: Invoker): Webhook =>
  async ({ headers, query, body }) => {
    const name = functionName(query);
    const target = invoker.functions.find((one) => one.name === name && eventTriggerOf(one) !== undefined);
    if (!target) return textAnswer(404, 'text/plain', `cannot find function: '${name}'`);
    const type = String([headers['aeg-event-type']].flat()[0] ?? '').toLowerCase();
    if (type === 'unsubscribe') return bare(202);
    if (type !== 'subscriptionvalidation' && type !== 'notification') {
      return textAnswer(
        400,
        'text/plain',
        'aeg-event-type is none of SubscriptionValidation, Notification and Unsubscribe',
      );
    }
    const events = eventsIn(body);
    if (!events) return textAnswer(400, 'text/plain', 'the body is neither an event nor an array of events');
    return type === 'notification' ? notify(invoker, target, events) : validate(events);
  };

/** In a query, the host takes names in any case. */
const functionName = (query: URLSearchParams): string =>
  [...query].find(([name]) => name.toLowerCase() === 'functionname')?.[1] ?? '';

const eventsIn = (body: Uint8Array): readonly EventObject[] | undefined => {
  try {
    const events: readonly unknown[] = [JSON.parse(Buffer.from(body).toString())].flat();
    return events.every(isEvent) ? events : undefined;
  } catch {
    return undefined;
  }
};

const notify = async (invoker: Invoker, target: RegisteredFunction, events: readonly EventObject[]) => {
  const results = await Promise.all(events.map((event) => invoker.invoke(eventInvocation(target, event))));
  const allSucceeded = results.every(({ kind }) => kind === 'succeeded');
  return allSucceeded
    ? bare(202)
    : textAnswer(500, 'text/plain', `Exception while executing function: Functions.${target.name}`);
};

const validate = ([event]: readonly EventObject[]): Answer => {
  const validationCode = codeIn(event?.data);
  if (validationCode === undefined) return textAnswer(400, 'text/plain', 'the event has no data.validationCode');
  return jsonAnswer(200, { validationResponse: validationCode });
};

/** Of a CloudEvent, the data is JSON within a string. */
const codeIn = (data: unknown): string | undefined => {
  try {
    const { validationCode } = typeof data === 'string' ? JSON.parse(data) : (data ?? {});
    return typeof validationCode === 'string' ? validationCode : undefined;
  } catch {
    return undefined;
  }
};
