import { handmadeEvent } from './eventGrid/eventInvocation.ts';
import { handmadeEvents } from './eventHubs/handmadeEvents.ts';
import type { Invocation, InvocationResult, Invoker, RegisteredFunction } from './invoker.ts';
import { triggerOf } from './triggerOf.ts';

/** Triggers that can run a function of theirs at once: `undefined` for one that is not theirs. */
export interface Firing {
  fire(functionName: string, text: string): Promise<InvocationResult | undefined>;
}

/**
 * Runs a function because somebody asked for it, whatever triggers it.
 *
 * @param input  what the caller gave, handed on as text: an event for Event Grid, an array of them for Event Hubs. A trigger that is not
 *   known here gives it to the function, as Azure does
 */
export const fireFunction = async (
  invoker: Invoker,
  triggers: readonly Firing[],
  functionName: string,
  input: unknown,
): Promise<InvocationResult | undefined> => {
  const string = typeof input === 'string' ? input : JSON.stringify(input ?? '');
  for (const trigger of triggers) {
    const result = await trigger.fire(functionName, string);
    if (result) return result;
  }
  const one = invoker.functions.find(({ name }) => name === functionName);
  if (!one) return undefined;
  return invoker.invoke(handmadeEvents(one, string) ?? handmadeEvent(one, string) ?? plainInvocation(one, string));
};

const plainInvocation = (one: RegisteredFunction, string: string): Invocation => ({
  functionName: one.name,
  inputData: [{ name: triggerOf(one).name, data: { string } }],
  triggerMetadata: {},
});
