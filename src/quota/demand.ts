/** What one process wants of one round, and what it gets. Instants are milliseconds of the store's clock. */
import type { Feedback } from './feedback.ts';
import type { HeldSlot, Promised } from './ledgerRow.ts';
import type { PriorityClass } from './priorityClass.ts';
import type { Refused } from './refusal.ts';

export interface Demand {
  readonly owner: string;
  /** This write, as the ledger is to remember it; unique. */
  readonly writer: string;
  /** The number of the owner's next slot. */
  readonly nextNumber: number;
  /** In the order they came. */
  readonly wants: readonly Want[];
  /** Numbers of own slots that were not sent and never will be. */
  readonly released: readonly number[];
  /** It wants nothing more, and leaves the lines. */
  readonly leaves?: boolean;
  /** Answers of Defender's that the ledger has not heard of. */
  readonly feedback: readonly Feedback[];
  /** What this process told refused callers that the ledger has not heard of. */
  readonly told: readonly Promised[];
  /** No slot before this: the latest that now can be, and the time a write takes. */
  readonly from: number;
}

export interface Want {
  readonly by: PriorityClass;
  /** The last instant at which its call is still of use. */
  readonly notAfter: number;
}

export type Outcome = { readonly kind: 'granted'; readonly slot: HeldSlot } | Waiting | Refused;

/** Too early to book. */
export interface Waiting {
  readonly kind: 'waiting';
  /** Ask again then. */
  readonly until: number;
  /** When the call will go, as far as can be told. */
  readonly expected: number;
}
