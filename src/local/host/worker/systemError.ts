/** An error that the library knows for the worker's own, by this property. */
export const systemError = (message: string, Kind: ErrorConstructor = Error): Error =>
  Object.assign(new Kind(message), { isAzureFunctionsSystemError: true });

/** Whatever was thrown, as an Error. */
export const toError = (thrown: unknown): Error => {
  if (thrown instanceof Error) return thrown;
  if (thrown === undefined || thrown === null) return new Error('Unknown error');
  return new Error(typeof thrown === 'object' ? JSON.stringify(thrown) : String(thrown));
};
