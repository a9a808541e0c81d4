/** How large bursts of interactive calls are here: background leaves as much free. */
import type { Burst, LedgerRow } from './ledgerRow.ts';
import { longestOf } from './policy.ts';

/** A burst is remembered for so many longest windows: a day, where the longest is an hour. */
const rememberedWindows = 24;

/** The largest of the remembered time; a larger or equal one takes its place. */
export const rememberedBurst = (row: LedgerRow, stampedAt: number): Burst => {
  const calls = largestBurst(row);
  const isOver = stampedAt - row.burst.seenAt > rememberedWindows * longestOf(row.limits).seconds * 1000;
  return calls >= row.burst.calls || isOver ? { calls, seenAt: stampedAt } : row.burst;
};

/** The most interactive calls within one shortest window that the log holds. */
export const largestBurst = ({ log, limits }: Pick<LedgerRow, 'log' | 'limits'>): number => {
  const window = (limits[0]?.seconds ?? 0) * 1000;
  const calls = log.filter(({ by }) => by === 'interactive');
  let first = 0;
  let most = 0;
  calls.forEach(({ at }, i) => {
    while ((calls[first]?.at ?? at) <= at - window) first += 1;
    most = Math.max(most, i - first + 1);
  });
  return most;
};
