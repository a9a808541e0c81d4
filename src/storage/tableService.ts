/** What every adapter has to know of the table service: its faults and its instants. */

export const statusOf = (fault: unknown): number | undefined => {
  const { statusCode } = Object(fault);
  return typeof statusCode === 'number' ? statusCode : undefined;
};

/** The service says 404 of a missing row, too; only a missing table is mended by making it. */
export const isTableMissing = (fault: unknown): boolean => codesOf(fault).includes('TableNotFound');

/** The SDK gives the service's code in one place for a transaction, and in another for a query. */
const codesOf = (fault: unknown): readonly unknown[] => {
  const { code, details } = Object(fault);
  return [code, details?.odataError?.code];
};

/** An ETag of the table service holds the time of the write: `W/"datetime'2026-11-21T10%3A23%3A00.1234567Z'"`. */
export const stampOf = (etag: string): number => instantOf(/datetime'([^']+)'/.exec(decodeURIComponent(etag))?.[1]);

/** Whole milliseconds since 1970, rounded down. The service writes seven decimals, and none in a header. */
export const instantOf = (text: string | undefined): number => {
  const instant = Date.parse((text ?? '').replace(/(\.\d{3})\d*Z$/, '$1Z'));
  if (Number.isNaN(instant)) throw new Error(`Table storage gave '${text}' for an instant`);
  return instant;
};

/** What the store answered, or undefined for the refusals that are expected. @throws any other */
export const unless = async <T>(expected: readonly number[], ask: () => Promise<T>): Promise<T | undefined> => {
  try {
    return await ask();
  } catch (fault) {
    if (expected.includes(statusOf(fault) ?? 0)) return undefined;
    throw fault;
  }
};
