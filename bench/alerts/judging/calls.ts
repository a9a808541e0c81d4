/** What Defender's own log says of the quota. */
import type { Limit } from '../../../src/quota/limits.ts';
import { peakOf, violationsOf } from '../../quota/measure/rollingCount.ts';
import type { Arrived } from './arrivals.ts';

export interface Calls {
  readonly calls: number;
  readonly byRoute: Readonly<Record<string, number>>;
  /** Calls that arrived when a window of their route was full already. */
  readonly violations: number;
  /** The fullest window of any route, for each limit: `98 of 100 in 6 s`. */
  readonly fullest: readonly string[];
}

/** Each route has a quota of its own. @param arrivals in the order in which they came */
export const callsOf = (arrivals: readonly Arrived[], limits: readonly Limit[]): Calls => {
  const byRoute = new Map<string, number[]>();
  for (const { route, at } of arrivals) byRoute.set(route, [...(byRoute.get(route) ?? []), at]);
  const routes = [...byRoute.values()];
  return {
    calls: arrivals.length,
    byRoute: Object.fromEntries([...byRoute].map(([route, instants]) => [route, instants.length])),
    violations: routes.reduce((sum, instants) => sum + violationsOf(instants, limits), 0),
    fullest: limits.map((limit) => {
      const most = Math.max(0, ...routes.map((instants) => peakOf(instants, limit)));
      return `${most} of ${limit.calls} in ${limit.seconds} s`;
    }),
  };
};
