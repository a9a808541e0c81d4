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

/** The run for a text that somebody hands to the host in place of an event; `undefined` for another trigger, and where it is none. */
export const handmadeEvent = (target: RegisteredFunction, text: string): Invocation | undefined => {
  const event = eventTriggerOf(target) && readEvent(text);
  return event && eventInvocation(target, event);
};

const readEvent = (text: string): EventObject | undefined => {
  try {
    const event: unknown = JSON.parse(text);
    return isEvent(event) ? event : undefined;
  } catch {
    return undefined;
  }
};

export const isEvent = (value: unknown): value is EventObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
