/** A line every few seconds: how full the windows are, and whether a limit was broken. */
import type { Limit } from '../../../src/quota/limits.ts';
import { rollingCounts, violationsOf } from '../measure/rollingCount.ts';
import type { Seen } from '../torture/torture.ts';

/** @param milliseconds how long the run will take */
export const progressLine = (seen: Seen, milliseconds: number, limits: readonly Limit[]): string => {
  const instants = seen.arrivals.map(({ at }) => at);
  const count = (kind: string) => seen.happened.filter((it) => it.kind === kind).length;
  return [
    seen.contender.title.padEnd(16),
    `${(seen.milliseconds / 1000).toFixed(0).padStart(4)} of ${(milliseconds / 1000).toFixed(0)} s`,
    `${String(instants.length).padStart(5)} calls`,
    ...limits.map((limit) => `${fill(instants, limit, seen.milliseconds)}/${limit.calls} in ${limit.seconds} s`),
    `${violationsOf(instants, limits)} violations`,
    `${count('kill')} killed, ${count('freeze')} frozen`,
  ].join('   ');
};

/** How many came in the window that ends now. */
const fill = (instants: readonly number[], { seconds, calls }: Limit, now: number): string => {
  const counts = rollingCounts([...instants, now], seconds * 1000);
  return String((counts.at(-1) ?? 1) - 1).padStart(String(calls).length);
};
