import { triggerOf } from './functionFilter.ts';
import type { Invoker, StartedTriggers } from './invoker.ts';

/**
 * Runs a function because somebody asked for it, whatever triggers it.
 *
 * @param input  what the caller gave; a trigger that cannot be fired hands it to the function as text, as Azure does
 */
export const fireFunction = async (
  invoker: Invoker,
  triggers: readonly StartedTriggers[],
  functionName: string,
  input: unknown,
): Promise<unknown> => {
  const fire = triggers.map((started) => started.fire.get(functionName)).find((found) => found !== undefined);
  if (fire) return fire(input);
  const one = invoker.functions.find(({ name }) => name === functionName);
  if (!one) return undefined;
  const string = typeof input === 'string' ? input : JSON.stringify(input ?? '');
  const inputData = [{ name: triggerOf(one).name, data: { string } }];
  return invoker.invoke({ functionName, inputData, triggerMetadata: {} });
};
