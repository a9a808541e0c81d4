/** What callers are told when it is not the quota that keeps them. */
import { LedgerUnreadable } from './ledgerRow.ts';

export interface Closed {
  readonly kind: 'closed';
  readonly retryAfterSeconds: number;
  readonly reason: string;
}

/** @param random in [0, 1): spreads those who come back */
export const outOfReach = (fault: unknown, random: number): Closed => ({
  kind: 'closed',
  retryAfterSeconds: 5 + Math.floor(random * 10),
  reason: fault instanceof LedgerUnreadable ? fault.message : 'the quota ledger in Table storage cannot be reached',
});

export const busy: Closed = {
  kind: 'closed',
  retryAfterSeconds: 5,
  reason: 'Defender is slow, and as many calls as are made at once are still under way (UPSTREAM_CONCURRENCY)',
};

/** The line before it was longer than could be told. */
export const notItsTurn: Closed = {
  kind: 'closed',
  retryAfterSeconds: 5,
  reason: 'the turn of this call did not come in its time, because others of its class were before it',
};

export const shutDown: Closed = {
  kind: 'closed',
  retryAfterSeconds: 1,
  reason: 'this instance of the gateway is shutting down',
};

/** Who leaves the line is told nothing that it could use. */
export const hasLeft: Closed = { kind: 'closed', retryAfterSeconds: 1, reason: 'the caller has left' };
