/**
 * What was spent: calls sent to Defender, by whom and of which class, and what they cost in operations on the ledger.
 *
 * Each process keeps its own last hour and writes it as one row, so that whoever reads all rows knows the hour of all. This is
 * for people to look at; no decision about the quota uses it. Minutes are those of each process's wall clock.
 */
import type { PriorityClass } from './priorityClass.ts';

/** Calls of one caller in one class; or operations on the ledger, which nobody in particular made. */
export interface Spent {
  /** Since 1970. */
  readonly minute: number;
  readonly quota: string;
  readonly kind: PriorityClass | 'ledger';
  /** Empty for the ledger. */
  readonly caller: string;
  readonly count: number;
}

/** What one process spent in its last hour. */
export interface SpendRow {
  readonly owner: string;
  readonly spent: readonly Spent[];
}

export interface SavedRow extends SpendRow {
  /** When it was written: milliseconds since 1970 by the store's clock. */
  readonly savedAt: number;
}

/** Where the rows are kept. Two adapters, one contract: test/contracts/spend.test.ts. Each verb is one transaction of the store. */
export interface SpendStore {
  /**
   * All rows that were written since (milliseconds since 1970). `unreadable`: how many more there are, of newer gateways or spoilt.
   */
  read(since: number): Promise<{ readonly rows: readonly SavedRow[]; readonly unreadable: number }>;
  /** Puts a process's row in place of its last one, and removes those of `dead`: all of it, or nothing. */
  save(row: SpendRow, dead: readonly string[]): Promise<void>;
  /** Owners whose rows were not written since; not all of them where there are many. */
  dead(since: number): Promise<readonly string[]>;
}

/** As many rows go in one transaction with one's own ("Performing entity group transactions": 100 operations). */
export const mostDead = 99;

/** The spend of one quota over an hour. */
export interface HourOfQuota {
  readonly calls: number;
  readonly byClass: Readonly<Record<PriorityClass, number>>;
  /** Whoever called most comes first. */
  readonly byCaller: Readonly<Record<string, Readonly<Partial<Record<PriorityClass, number>>>>>;
  readonly ledgerTransactions: number;
}

/** @param now milliseconds since 1970 */
export const hourOf = (all: readonly Spent[], quota: string, now: number): HourOfQuota => {
  const hour = all.filter((spent) => spent.quota === quota && isWithinHour(spent, now));
  const byClass = { interactive: 0, enrichment: 0, background: 0 };
  const callers = new Map<string, { total: number; by: Partial<Record<PriorityClass, number>> }>();
  let ledgerTransactions = 0;
  for (const { kind, caller, count } of hour) {
    if (kind === 'ledger') {
      ledgerTransactions += count;
      continue;
    }
    const { total, by } = callers.get(caller) ?? { total: 0, by: {} };
    callers.set(caller, { total: total + count, by: { ...by, [kind]: (by[kind] ?? 0) + count } });
    byClass[kind] += count;
  }
  const most = [...callers].sort(([, a], [, b]) => b.total - a.total);
  return {
    calls: byClass.interactive + byClass.enrichment + byClass.background,
    byClass,
    byCaller: Object.fromEntries(most.map(([caller, { by }]) => [caller, by])),
    ledgerTransactions,
  };
};

/** Of the minute under way and the 59 before it. */
export const isWithinHour = ({ minute }: Spent, now: number): boolean => minute > minuteOf(now) - 60;

export const minuteOf = (instant: number): number => Math.floor(instant / 60_000);
