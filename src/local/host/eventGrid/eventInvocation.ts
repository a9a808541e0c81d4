import type { Invocation, RegisteredFunction } from '../invoker.ts';

/** An event in the Event Grid schema, or a CloudEvent. */
export type EventObject = Readonly<Record<string, unknown>>;

/** What the argument of a function with an Event Grid trigger is called; `undefined` where it has another trigger. */
export const eventTriggerOf = ({ bindings }: RegisteredFunction): string | undefined =>
  Object.entries(bindings).find(([, { type }]) => type.toLowerCase() === 'eventgridtrigger')?.[0];

/** The run of a function for an event, with the event's data as trigger metadata. */
export const eventInvocation = (target: RegisteredFunction, event: EventObject): Invocation => ({
  functionName: target.name,
  inputData: [{ name: eventTriggerOf(target) ?? '', data: { json: JSON.stringify(event) } }],
  triggerMetadata:
    event.data === undefined || event.data === null ? {} : { data: { json: JSON.stringify(event.data) } },
});
