/** What the bench and its gate processes tell one another. */
import type { PriorityClass } from '../../../src/quota/priorityClass.ts';
import type { Transactions } from '../../../src/quota/store.ts';
import type { ContenderName } from '../contenders.ts';

/** Who a process is, and where it finds the others. */
export interface Role {
  readonly contender: ContenderName;
  /** Its place among the processes; the one that follows a killed one has the same. */
  readonly place: number;
  readonly connectionString: string;
  readonly upstream: string;
  /** As in QUOTA_LIMITS. */
  readonly limits: string;
  /** How many background callers always wait here. */
  readonly saturating: number;
  /** Of a thousand writes to the store, how many go unanswered. */
  readonly lostPerMille: number;
  readonly seed: number;
}

export type ToProcess =
  | { readonly kind: 'role'; readonly role: Role }
  | { readonly kind: 'go' }
  | { readonly kind: 'call'; readonly priority: PriorityClass }
  | { readonly kind: 'end' };

export type FromProcess =
  | { readonly kind: 'ready' }
  | { readonly kind: 'report'; readonly report: Report }
  /** The last word: what it held is given back. */
  | { readonly kind: 'ended'; readonly report: Report };

/** Sums since the process started. */
export interface Report {
  /** Operations on the store, and what became of writes. */
  readonly transactions: Transactions;
  /** Writes that the bench left unanswered: before they were made, and after. */
  readonly dropped: { readonly before: number; readonly after: number };
  /** Calls that were not made in their caller's time, by what the caller was told. */
  readonly unserved: Readonly<Record<string, number>>;
  /** What the gate had to say, by message. */
  readonly said: Readonly<Record<string, number>>;
}

export const noTransactions: Transactions = { reads: 0, writes: 0, stamps: 0, conflicts: 0, ambiguous: 0, settled: 0 };

export const noReport: Report = {
  transactions: noTransactions,
  dropped: { before: 0, after: 0 },
  unserved: {},
  said: {},
};

/** What several processes did together. */
export const together = (reports: readonly Report[]): Report => ({
  transactions: { ...noTransactions, ...sums(reports.map(({ transactions }) => ({ ...transactions }))) },
  dropped: { before: 0, after: 0, ...sums(reports.map(({ dropped }) => ({ ...dropped }))) },
  unserved: sums(reports.map(({ unserved }) => unserved)),
  said: sums(reports.map(({ said }) => said)),
});

const sums = (counts: readonly Readonly<Record<string, number>>[]): Record<string, number> => {
  const total: Record<string, number> = {};
  for (const count of counts) for (const [name, many] of Object.entries(count)) total[name] = (total[name] ?? 0) + many;
  return total;
};
