/**
 * The value that `share` of all do not exceed (nearest rank); undefined of none.
 *
 * @param share in (0, 1]: 0.99 for the 99th percentile
 */
export const percentile = (values: readonly number[], share: number): number | undefined => {
  const ascending = [...values].sort((a, b) => a - b);
  return ascending[Math.max(0, Math.ceil(share * ascending.length) - 1)];
};

/**
 * Jain's index of fairness: 1 where all got the same, 1/n where one got all; undefined where nobody got anything
 * ("A Quantitative Measure of Fairness and Discrimination", 1984).
 */
export const jain = (shares: readonly number[]): number | undefined => {
  const total = shares.reduce((a, b) => a + b, 0);
  const squares = shares.reduce((sum, share) => sum + share * share, 0);
  return squares === 0 ? undefined : (total * total) / (shares.length * squares);
};
