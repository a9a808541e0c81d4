import type { Invocation, RegisteredFunction } from '../invoker.ts';
import { type Trigger, triggerOfType } from '../triggerOf.ts';

/** An event in the Event Grid schema, or a CloudEvent. */
export type EventObject = Readonly<Record<string, unknown>>;

export const eventTriggerOf = (one: RegisteredFunction): Trigger | undefined => triggerOfType(one, 'eventGridTrigger');

/** The run of a function for an event, with the event's data as trigger metadata. */
export const eventInvocation = (target: RegisteredFunction, event: EventObject): Invocation => ({
  functionName: target.name,
  inputData: [{ name: eventTriggerOf(target)?.name ?? '', data: { json: JSON.stringify(event) } }],
  triggerMetadata:
    event.data === undefined || event.data === null ? {} : { data: { json: JSON.stringify(event.data) } },
});
