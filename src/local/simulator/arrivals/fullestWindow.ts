/** The stretch of time into which most arrivals fall. */
export interface FullestWindow {
  /** How many. 0 where nothing arrived. */
  readonly calls: number;
  /** Instants of the first and the last of them, as given. */
  readonly from: number | undefined;
  readonly to: number | undefined;
}

/**
 * The fullest rolling window: the most arrivals in any half-open stretch of that length, so that two arrivals exactly
 * one length apart are not in it together.
 *
 * @param instants     milliseconds, in any order
 * @param milliseconds the window's length
 */
export const fullestWindow = (instants: readonly number[], milliseconds: number): FullestWindow => {
  const ordered = [...instants].sort((a, b) => a - b);
  let fullest: FullestWindow = { calls: 0, from: undefined, to: undefined };
  let first = 0;
  ordered.forEach((to, last) => {
    while (to - (ordered[first] ?? to) >= milliseconds) first++;
    const calls = last - first + 1;
    if (calls > fullest.calls) fullest = { calls, from: ordered[first], to };
  });
  return fullest;
};
