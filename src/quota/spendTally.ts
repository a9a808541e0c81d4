/**
 * One process's spend, counted as it happens. However many callers there are, it stays small: beyond the first of them callers
 * are counted together, as `others`.
 */
import { isWithinHour, minuteOf, type Spent } from './spend.ts';

export interface SpendTally {
  add(spent: Omit<Spent, 'minute'>, now: number): void;
  /** The last hour, oldest first. */
  hour(now: number): readonly Spent[];
}

/** Within an hour. */
export const mostCallers = 200;
/** A row of so many, and of `others`, fits into the 64 KB that the store takes in one property. */
export const mostCounts = 8000;
export const others = 'others';

export const createSpendTally = (): SpendTally => {
  let counts = new Map<string, Spent>();
  let newest = 0;

  const forgetOld = (now: number) => {
    if (minuteOf(now) === newest) return;
    newest = minuteOf(now);
    counts = new Map([...counts].filter(([, spent]) => isWithinHour(spent, now)));
  };

  const callerFor = (caller: string, isKnown: boolean): string => {
    if (isKnown || caller === '') return caller;
    if (counts.size >= mostCounts) return others;
    const callers = new Set([...counts.values()].map((spent) => spent.caller));
    return callers.has(caller) || callers.size < mostCallers ? caller : others;
  };

  return {
    add(spent, now) {
      if (spent.count === 0) return;
      forgetOld(now);
      const minute = minuteOf(now);
      const caller = callerFor(spent.caller, counts.has(keyOf({ ...spent, minute })));
      const key = keyOf({ ...spent, minute, caller });
      counts.set(key, { ...spent, minute, caller, count: spent.count + (counts.get(key)?.count ?? 0) });
    },
    hour(now) {
      forgetOld(now);
      return [...counts.values()].sort((a, b) => a.minute - b.minute);
    },
  };
};

const keyOf = ({ minute, quota, kind, caller }: Omit<Spent, 'count'>): string => `${minute} ${quota} ${kind} ${caller}`;
