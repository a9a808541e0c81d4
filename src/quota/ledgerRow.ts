/** What one quota's ledger holds. Its form in the store: `ledgerCodec.ts`. */
import type { Timing } from './guard.ts';
import type { Limit } from './limits.ts';
import type { Policy } from './policy.ts';
import type { Payer, PriorityClass } from './priorityClass.ts';

/** All instants are whole milliseconds of the store's clock. */
export interface LedgerRow {
  /** Grows by one with every write. */
  readonly seq: number;
  /** Another where the ledger was lost or set back and begun anew: whoever knows more of the old one adds it. */
  readonly epoch: string;
  /** The latest time that the store has shown: its clock may have stepped back since, and no slot lies before. */
  readonly notBefore: number;
  /** Who made the last few versions, the newest last: tells a process whether a write was its own whose answer was lost. */
  readonly writers: readonly string[];
  /** The quota itself: instances plan with this, not with their own settings. */
  readonly limits: readonly Limit[];
  readonly timing: Timing;
  readonly policy: Policy;
  /** Calls that can no longer be given back, ascending. */
  readonly log: readonly Entry[];
  /** Slots not yet sent, ascending by `at`. */
  readonly held: readonly HeldSlot[];
  /** Instants told to callers who were refused, kept free for them a moment. They book nothing. */
  readonly told: readonly Promised[];
  /** Processes that wait for their turn to book, per class in their order. */
  readonly turns: readonly Turn[];
  /** After a 429 of Defender's, until a probe was answered. */
  readonly block?: Block | undefined;
  /** Since when the ledger has known of every call; before, calls are unknown. Only while that matters. */
  readonly learningSince?: number | undefined;
  /** Foreign calls that have left the longest window: three in four are taken to be made again. */
  readonly foreignGone: number;
  /** The largest burst of interactive calls within a shortest window, of the last day's worth of longest windows. */
  readonly burst: Burst;
}

export interface Burst {
  readonly calls: number;
  readonly seenAt: number;
}

export interface Promised extends Entry {
  /** It comes to a lower class by its minimum, so a higher one has to leave it, too. */
  readonly guaranteed: boolean;
}

export interface Entry {
  readonly at: number;
  readonly by: Payer;
}

/** The right to send one call at an instant. */
export interface HeldSlot extends Entry {
  /** The process that may send it. */
  readonly owner: string;
  /** Its number among the owner's slots; used once. */
  readonly number: number;
  /** It came to a lower class by its minimum: higher ones may not use it while somebody of its class waits. */
  readonly guaranteed?: boolean | undefined;
}

export interface Turn {
  readonly owner: string;
  readonly by: PriorityClass;
}

export interface Block {
  readonly until: number;
  /** What the 429 asked for, doubled with each probe that is refused. */
  readonly seconds: number;
  /** The one call that may go first. */
  readonly probe?: HeldSlot | undefined;
}

/** The ledger is corrupt, or written by a newer version of the gateway. Nothing is sent until someone acts. */
export class LedgerUnreadable extends Error {
  override readonly name = 'LedgerUnreadable';
}
