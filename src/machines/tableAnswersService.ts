/** What the adapters of shared answers have to know of the table service: how long it may take, and which operation failed. */
import { setMaxListeners } from 'node:events';

/** What `asked` gives, or a fault when the store takes too long; the signal ends the requests, too. */
export const inTime = async <T>(withinMs: number, asked: (signal: AbortSignal) => Promise<T>): Promise<T> => {
  const signal = AbortSignal.timeout(withinMs);
  // One for each request of an operation.
  setMaxListeners(0, signal);
  let giveUp = () => {};
  const late = new Promise<never>((_, reject) => {
    giveUp = () => reject(new Error(`Table storage did not answer in ${withinMs} ms`));
    signal.addEventListener('abort', giveUp, { once: true });
  });
  try {
    return await Promise.race([asked(signal), late]);
  } finally {
    signal.removeEventListener('abort', giveUp);
  }
};

/** Of the operation that made a transaction fail: its message begins `3:The update condition …`. */
export const failedAt = (fault: unknown): number | undefined => {
  const [, index] = /^(\d+):/.exec(String(Object(fault).message)) ?? [];
  return index === undefined ? undefined : Number(index);
};
