/** One call as it arrived at Defender. */
export interface Arrived {
  readonly route: string;
  /** Milliseconds, monotonic. */
  readonly at: number;
}

/** The simulator's own log. @param defender its address */
export const readArrivals = async (defender: string): Promise<readonly Arrived[]> => {
  const response = await fetch(`${defender}/_simulator/arrivals`);
  const { arrivals } = (await response.json()) as { arrivals: readonly Arrived[] };
  return arrivals.map(({ route, at }) => ({ route, at }));
};
