/**
 * Functions with an Event Hubs trigger. There is no event hub on this machine, so nobody listens; they run when somebody hands events to the
 * host. What the hub adds to events (partition, offsets, properties) is missing.
 */
import type { Binding, Invocation, RegisteredFunction, TypedData } from '../invoker.ts';
import { triggerOfType } from '../triggerOf.ts';

/**
 * The run of a function for events that somebody hands to the host.
 *
 * @param text  of a function that takes many: an array of bodies in JSON, in which a text is a body as it is. Anything else is one body
 * @returns `undefined` for a function with another trigger
 */
export const handmadeEvents = (target: RegisteredFunction, text: string): Invocation | undefined => {
  const trigger = triggerOfType(target, 'eventHubTrigger');
  if (!trigger) return undefined;
  const { name, binding } = trigger;
  const data = says(binding, 'cardinality', 'many') ? batchOf(binding, bodiesIn(text)) : eventOf(binding, text);
  return { functionName: target.name, inputData: [{ name, data }], triggerMetadata: {} };
};

const batchOf = (binding: Binding, bodies: readonly string[]): TypedData =>
  says(binding, 'dataType', 'binary')
    ? { collectionBytes: { bytes: bodies.map((body) => Buffer.from(body)) } }
    : { collectionString: { string: bodies } };

const eventOf = (binding: Binding, body: string): TypedData =>
  says(binding, 'dataType', 'binary') ? { bytes: Buffer.from(body) } : { string: body };

const says = (binding: Binding, setting: string, value: string) => String(binding[setting]).toLowerCase() === value;

const bodiesIn = (text: string): readonly string[] =>
  arrayIn(text)?.map((body) => (typeof body === 'string' ? body : JSON.stringify(body))) ?? [text];

const arrayIn = (text: string): readonly unknown[] | undefined => {
  try {
    const parsed: unknown = JSON.parse(text);
    return Array.isArray(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
};
