import type { Passage, Sent, Wanted } from '../../../src/quota/gate.ts';
import type { Transactions } from '../torture/messages.ts';

/** What calls go through: the gate, or something simpler in its place. */
export interface Door {
  pass<T>(wanted: Wanted, send: () => Promise<Sent<T>>): Promise<Passage<T>>;
  readonly transactions: Transactions;
  close(): Promise<void>;
}
