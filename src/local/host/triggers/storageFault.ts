/** The HTTP status that a storage service refused with; `undefined` where the error is not of that kind. */
export const refusedWith = (error: unknown): number | undefined => {
  const status =
    typeof error === 'object' && error !== null ? (error as { statusCode?: unknown }).statusCode : undefined;
  return typeof status === 'number' ? status : undefined;
};

/** What an error says, in one line for a log. */
export const saying = (error: unknown): string => (error instanceof Error ? error.message : String(error));
