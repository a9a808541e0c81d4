/** One limit of a quota: at most `calls` in every rolling window of `seconds`. */
export interface Limit {
  readonly calls: number;
  readonly seconds: number;
}

/**
 * Reads limits as settings and commands write them.
 *
 * @param text such as `100/60,1500/3600`: 100 calls in 60 seconds and 1,500 in 3,600 ("List machines API")
 * @returns the limits, shortest window first; 1 to 4 of them
 * @throws Error that names the piece that is wrong and shows one that is right
 */
export const parseLimits = (text: string): readonly Limit[] => {
  const pieces = text.split(',').map((piece) => piece.trim());
  if (pieces.length > 4) throw new Error(`'${text}' has ${pieces.length} limits; at most 4 are taken`);
  const limits = pieces.map(parseLimit).sort((a, b) => a.seconds - b.seconds);
  limits.forEach((limit, i) => {
    if (limit.seconds === limits[i + 1]?.seconds)
      throw new Error(`'${text}' has two limits of ${limit.seconds} seconds`);
  });
  return limits;
};

/** The inverse of {@link parseLimits}. */
export const printLimits = (limits: readonly Limit[]): string =>
  limits.map(({ calls, seconds }) => `${calls}/${seconds}`).join(',');

const parseLimit = (piece: string): Limit => {
  const [, calls, seconds] = /^(\d{1,6})\/(\d{1,6})$/.exec(piece) ?? [];
  const limit = { calls: Number(calls), seconds: Number(seconds) };
  if (limit.calls >= 1 && limit.seconds >= 1) return limit;
  throw new Error(`'${piece}' is not a limit; write calls/seconds, such as 100/60,1500/3600`);
};
