/**
 * What a caller is told of a quota with every answer: `RateLimit-Policy`, the limits, and `RateLimit`, what is left of each
 * (draft-ietf-httpapi-ratelimit-headers-11, "RateLimit header fields for HTTP"; lists of structured fields).
 *
 * They are hints. Others may use what is left, and where an answer has `Retry-After`, that is what counts.
 */

/** How one limit of a quota stands. */
export interface LimitLeft {
  readonly name: string;
  readonly calls: number;
  readonly seconds: number;
  /** How many calls could go now. */
  readonly left: number;
  /** No more than that for so long. */
  readonly resetsInSeconds: number;
}

/**
 * @param retryAfterSeconds of the same answer: the draft asks that it is no earlier than the end of what `RateLimit` speaks of,
 *   and less is as true, so `t` is cut there
 */
export const rateLimitHeaders = (
  limits: readonly LimitLeft[],
  retryAfterSeconds = Number.POSITIVE_INFINITY,
): Readonly<Record<string, string>> => ({
  'ratelimit-policy': limits.map(({ name, calls, seconds }) => `"${name}";q=${calls};w=${seconds}`).join(', '),
  ratelimit: limits
    .map(({ name, left, resetsInSeconds }) => `"${name}";r=${left};t=${Math.min(resetsInSeconds, retryAfterSeconds)}`)
    .join(', '),
});
