/** When an alert is tried again. Milliseconds; instants since 1970. */

/** "Not for longer than this": a fault may be mended at any time. */
const mostRetryMs = 30 * 60_000;
/** A young alert that Defender does not know yet is asked for again when it is twice as old. */
const leastYoungMs = 30_000;

/** @param tries in vain so far, this one included @param random at least 0, below 1 @returns up to a fifth longer than the plain doubling */
export const retryAfter = (tries: number, firstMs: number, random: number): number =>
  Math.min(mostRetryMs, firstMs * 2 ** (tries - 1)) * (1 + random / 5);

/**
 * When to ask again for what Defender does not know.
 *
 * @param raised when the alert was raised, or came in
 * @param finalAfterMs how old it must be for the answer to count
 * @returns undefined where the answer counts
 */
export const youngAgainAt = (raised: number, finalAfterMs: number, now: number): number | undefined => {
  const age = Math.max(0, now - raised);
  if (age >= finalAfterMs) return undefined;
  return Math.min(now - age + finalAfterMs, now + Math.max(leastYoungMs, age));
};
