/** Numbers as texts that sort as the numbers do, which the service can compare. */

export const digits = (number: number, count: number): string => number.toString().padStart(count, '0');

/** None sorts last. @param instant milliseconds since 1970 */
export const instantKey = (instant: number): string =>
  Number.isNaN(instant) ? '~' : digits(Math.min(Math.max(0, Math.trunc(instant)), Number.MAX_SAFE_INTEGER), 16);
