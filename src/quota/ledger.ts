/** The port to where a quota's ledger is kept. Two adapters, one contract: test/contracts/ledger.test.ts. */
import type { LedgerRow } from './ledgerRow.ts';

/** One version of a ledger, as the store holds it. */
export interface Version {
  readonly row: LedgerRow;
  /** The store's name for this version; never used twice. */
  readonly etag: string;
  /** When the store wrote it: milliseconds since 1970 by the store's clock, rounded down. */
  readonly stampedAt: number;
}

export type Swap =
  | { readonly kind: 'written'; readonly version: Version }
  /** Somebody else wrote since; nothing was changed. */
  | { readonly kind: 'overtaken' };

/**
 * Errors of all three: {@link LostAnswer} where the outcome is unknown, `LedgerUnreadable` where what stands there
 * can't be used; anything else is the store's refusal.
 */
export interface Ledger {
  /** The newest version; undefined where there is none yet. */
  read(): Promise<Version | undefined>;
  /** Writes `next` if `from` is still the newest version (or still none). */
  swap(from: Version | undefined, next: LedgerRow): Promise<Swap>;
  /** A write that changes no ledger: tells the store's time, in milliseconds since 1970, rounded down. */
  stamp(): Promise<number>;
}

/** The store did not answer, or not so that one could know whether it wrote. */
export class LostAnswer extends Error {
  override readonly name = 'LostAnswer';
}
