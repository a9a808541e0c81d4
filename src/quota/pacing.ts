/**
 * Pacing: a token bucket over the log itself, so that no class burns the hour in its first quarter and yesterday's burst is not
 * today's. It keeps no state: the bucket's level follows from the calls that the ledger remembers.
 */

/**
 * The first instant >= from at which a bucket of `burst` tokens, refilled by one each `distanceMs` and drained by every slot,
 * holds a token. A burst above the bucket's size is owed, and paid back before anything else is paced through.
 *
 * @param slots ascending; milliseconds. Slots after the instant do not count
 */
export const paced = (slots: readonly number[], distanceMs: number, burst: number, from: number): number => {
  const credit = (burst - 1) * distanceMs;
  let empty = Number.NEGATIVE_INFINITY;
  let instant = from;
  for (const slot of slots) {
    if (slot > instant) break;
    empty = Math.max(empty, slot) + distanceMs;
    instant = Math.max(from, empty - credit);
  }
  return instant;
};
