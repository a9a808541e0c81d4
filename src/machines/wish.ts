/** What somebody who asks wants besides the answer: how soon, how urgent, how fresh. */
import type { Call } from '../defender/call.ts';
import type { PriorityClass } from '../quota/priorityClass.ts';

export interface Wish {
  /** How long the answer is waited for, the quota included; 0: only if it is the caller's turn now. */
  readonly waitMs: number;
  readonly priority: PriorityClass;
  readonly freshness: Freshness;
  /** The device groups (`rbacGroupId`) that the caller is bound to; undefined: none, it is told of every machine. */
  readonly groups?: ReadonlySet<number> | undefined;
  /** Told of each call that goes to Defender for this; retries are calls. What others asked for costs nothing. */
  readonly onSent?: ((call: Call) => void) | undefined;
}

/** How old an answer may be. Seconds; the directives of `Cache-Control` (RFC 9111 and RFC 5861) say the same. */
export interface Freshness {
  /** Only what was asked of Defender after this request came (`no-cache`). */
  readonly isNew: boolean;
  /** No older than this, by the start of the call; Infinity where nothing was said. */
  readonly maxAge: number;
  /** Fresh for so much longer. */
  readonly minFresh: number;
  /** As much past its freshness will do; Infinity for any. */
  readonly maxStale: number;
  /** As much past its freshness will do where Defender can't be asked or answers with a fault. */
  readonly staleIfError: number;
  /** Nothing is asked of Defender (`only-if-cached`). */
  readonly onlyIfCached: boolean;
  /** What comes of this is not kept (`no-store`). */
  readonly noStore: boolean;
}

/** What who says nothing gets: what is fresh. */
export const usualFreshness: Freshness = {
  isNew: false,
  maxAge: Number.POSITIVE_INFINITY,
  minFresh: 0,
  maxStale: 0,
  staleIfError: 0,
  onlyIfCached: false,
  noStore: false,
};
