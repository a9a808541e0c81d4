import type { Sent, Wanted } from '../../../src/quota/gate.ts';
import type { Transactions } from '../../../src/quota/store.ts';

/** What calls go through: the gate, or something simpler in its place. */
export interface Door {
  pass<T>(wanted: Wanted, send: () => Promise<Sent<T>>): Promise<Through<T>>;
  readonly transactions: Transactions;
  close(): Promise<void>;
}

export type Through<T> =
  | { readonly kind: 'sent'; readonly value: T }
  | { readonly kind: 'refused' | 'closed'; readonly retryAfterSeconds: number };
