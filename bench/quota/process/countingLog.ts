import type { Log } from '../../../src/log.ts';

/** Counts how often each message came. */
export const countingLog = (): Log & { readonly said: Readonly<Record<string, number>> } => {
  const said: Record<string, number> = {};
  const count = (message: string) => {
    said[message] = (said[message] ?? 0) + 1;
  };
  return { said, info: () => undefined, warn: count, error: count };
};
