/** How long to wait next, when waiting goes on for longer and longer. */
export interface BackOff {
  /** @returns milliseconds; the least after a success, and ever more after failures */
  next(succeeded: boolean): number;
}

/**
 * The back-off of the host's queue listeners and retries: the least wait, then the least plus 1, 2, 4, … times itself,
 * each time give or take a fifth (azure-webjobs-sdk, RandomizedExponentialBackoffStrategy).
 *
 * @param random  at least 0, below 1
 */
export const backOff = (leastMs: number, mostMs: number, random: () => number): BackOff => {
  let current = 0;
  let exponent = 0;
  const longer = () => {
    if (current === mostMs) return mostMs;
    const more = exponent === 0 ? 0 : (0.8 + random() * 0.4) * 2 ** (exponent - 1) * leastMs;
    if (leastMs + more >= mostMs) return mostMs;
    exponent += 1;
    return leastMs + more;
  };
  return {
    next(succeeded) {
      if (succeeded) exponent = 1;
      current = succeeded ? leastMs : longer();
      return current;
    },
  };
};
