/** A request for security states as the live call composes them, and what becomes of it. */
import type { Answer } from '../../defender/answer.ts';
import type { Call } from '../../defender/call.ts';
import type { Question, Wrong } from '../../defender/question.ts';

/** What the asker makes of an answer; how it knows where the answer came from is its own. */
export interface Answering {
  readonly answer: Answer;
}

export interface Asking<T extends Answering> {
  /**
   * Any question of Defender's, asked or known already; lists of machines in pages, with a link of ours to the next one.
   *
   * @param waitMs how long it is waited for, the quota included
   */
  ask(question: Question, waitMs: number): Promise<{ readonly kind: 'told'; readonly told: T } | Wrong>;
  /** Seconds since the call of an answer began. */
  ageOf(told: T): number;
  /** Whether what is so old, and is fresh for so long in all, will do without asking. Seconds. */
  accepts(age: number, lifetime: number): boolean;
  /** Whether what comes of this may be kept. */
  readonly keeps: boolean;
  /** For all that is asked, together; milliseconds. */
  readonly waitMs: number;
  /** The `$skiptoken` of the link that is followed; undefined for the first page. */
  readonly token: string | undefined;
  /** The caller's address of this call, without query: where links to next pages lead. */
  readonly here: string;
}

export type Outcome<T extends Answering> =
  | StatesPage
  /** One of the lists could not be had: what was said in its place. */
  | Unheard<T>
  | Refused;

export interface StatesPage {
  readonly kind: 'states';
  /** The documented collection, as JSON. */
  readonly body: Uint8Array;
  /** What of it was not asked for now, but kept: seconds. */
  readonly kept: { readonly age: number; readonly freshFor: number } | undefined;
  /** The call whose quota runs dry first; undefined where none was asked. */
  readonly call: Call | undefined;
  readonly warning: string | undefined;
}

export interface Unheard<T extends Answering> {
  readonly kind: 'unheard';
  readonly told: T;
  readonly call: Call;
}

export interface Refused {
  readonly kind: 'refused';
  readonly status: 400 | 503 | 504;
  readonly code: string;
  readonly message: string;
  readonly retryAfterSeconds?: number;
}
