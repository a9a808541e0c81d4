/** What the adapters of shared answers have to know of the table service: how long it may take, its faults, its instants. */
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

export const statusOf = (fault: unknown): number | undefined => {
  const { statusCode } = Object(fault);
  return typeof statusCode === 'number' ? statusCode : undefined;
};

/** The service says 404 of a missing row, too; only a missing table is mended by making it. */
export const isTableMissing = (fault: unknown): boolean => Object(fault).code === 'TableNotFound';

/** Of the operation that made a transaction fail: its message begins `3:The update condition …`. */
export const failedAt = (fault: unknown): number | undefined => {
  const [, index] = /^(\d+):/.exec(String(Object(fault).message)) ?? [];
  return index === undefined ? undefined : Number(index);
};

/** An ETag of the table service holds the time of the write: `W/"datetime'2026-11-21T10%3A23%3A00.1234567Z'"`. */
export const stampOf = (etag: string): number => instantOf(/datetime'([^']+)'/.exec(decodeURIComponent(etag))?.[1]);

/** Whole milliseconds since 1970, rounded down. The service writes seven decimals, and none in a header. */
export const instantOf = (text: string | undefined): number => {
  const instant = Date.parse((text ?? '').replace(/(\.\d{3})\d*Z$/, '$1Z'));
  if (Number.isNaN(instant)) throw new Error(`Table storage gave '${text}' for an instant`);
  return instant;
};
