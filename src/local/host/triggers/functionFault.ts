import type { Log } from '../../../log.ts';
import type { RegisteredFunction } from '../invoker.ts';
import { saying } from './storageFault.ts';

/** A function that does not run, and why. */
export interface FunctionFault {
  readonly functionName: string;
  readonly message: string;
}

/**
 * Reads something from each function. One that cannot be read is told to the log and left out, as Azure goes on without
 * a function in error.
 *
 * @param read  `undefined` where the function has none; throws where it has a wrong one
 */
export const readEach = <T>(
  functions: readonly RegisteredFunction[],
  log: Log,
  read: (one: RegisteredFunction) => T | undefined,
): { readonly read: readonly T[]; readonly faults: readonly FunctionFault[] } => {
  const found: T[] = [];
  const faults: FunctionFault[] = [];
  for (const one of functions) {
    try {
      const value = read(one);
      if (value !== undefined) found.push(value);
    } catch (error) {
      faults.push({ functionName: one.name, message: saying(error) });
      log.error('a function is in error and does not run', { functionName: one.name, said: saying(error) });
    }
  }
  return { read: found, faults };
};
