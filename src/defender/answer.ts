/** What became of a question, for whoever asked it. */
export type Answer =
  /** Defender answered: its status, its body to the byte, good news or bad. */
  | Answered
  /** The quota is spent, ours or as Defender counts it. */
  | { readonly kind: 'throttled'; readonly retryAfterSeconds: number; readonly message: string }
  /** Nothing may be sent, because the quota's ledger can't be used. */
  | { readonly kind: 'closed'; readonly retryAfterSeconds: number; readonly reason: string }
  /** Defender could not be reached, or what came was no answer of an API. */
  | { readonly kind: 'unreachable'; readonly reason: string }
  /** The caller's time was over before Defender answered. */
  | { readonly kind: 'late'; readonly reason: string }
  /** Nothing that would do is kept, and the caller wants nothing to be asked for (`only-if-cached`). */
  | { readonly kind: 'notCached' };

export interface Answered {
  readonly kind: 'answered';
  readonly status: number;
  /** Names in lower case; those that say something about the answer, not about its transport. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  /** What Defender was asked for, where a value in the path may have been changed for it. */
  readonly askedFor?: string;
  /** What a reader should know of this answer. */
  readonly warning?: string;
}
