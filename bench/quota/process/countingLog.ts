import type { Log, LogFields } from '../../../src/log.ts';

/** Counts how often each thing was said. */
export const countingLog = (): Log & { readonly said: Readonly<Record<string, number>> } => {
  const said: Record<string, number> = {};
  const count = (message: string, { fault }: LogFields = {}) => {
    const whole = fault === undefined ? message : `${message}: ${fault}`;
    said[whole] = (said[whole] ?? 0) + 1;
  };
  return { said, info: () => undefined, warn: count, error: count };
};
