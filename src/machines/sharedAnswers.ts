/**
 * Answers that all processes share, and who is asking what, so that a question asked in two of them at once is one call.
 * The port: `tableAnswers` keeps them in Table storage, `memoryAnswers` is its twin for tests.
 *
 * Times are the store's: what a process's own clock says of another's answer would be worth nothing. They are rounded so that
 * an answer is never taken for younger than it is (it may look two seconds older), and a claim never for over before it is.
 *
 * Nothing here is certain to be kept: another question may take an answer's place, or a claim's. Every operation ends in a few seconds
 * or throws; who asks then does without.
 */
import type { Answered } from '../defender/answer.ts';

export interface SharedAnswers {
  /** @param key of a question: any text, of any length */
  read(key: string): Promise<Seen>;
  /**
   * Says that these questions are being asked by this process, for others to wait for the answer. In one transaction where it can be.
   *
   * @param seen what `read` gave for each; whoever wrote in between wins. A claim that was seen is taken over
   * @returns the keys that are now this process's to ask; the others are somebody else's
   */
  claim(seen: ReadonlyMap<string, Seen>, forMs: number): Promise<ReadonlySet<string>>;
  /** Keeps answers, those that fit and are of a younger call than what stands there, and ends the claims on them. */
  save(answers: readonly Saved[]): Promise<void>;
  /** Ends this process's claims whose calls came to nothing, so that others need not wait until they are over. */
  release(keys: readonly string[]): Promise<void>;
}

/** What stands in the store for a question. An answer, and a claim to ask for a newer one, may both be there. */
export interface Seen {
  readonly answer?: KeptAnswer | undefined;
  /** Another process is asking, and others wait for it for so long at most; undefined where nobody is. */
  readonly askedForMs?: number | undefined;
  /** Of the row, for `claim`; undefined where there is none. */
  readonly version?: string | undefined;
}

export interface KeptAnswer {
  readonly answered: Answered;
  /** Milliseconds since the call began, when it was read. */
  readonly ageMs: number;
}

export interface Saved {
  readonly key: string;
  readonly answered: Answered;
  /** Milliseconds since the call began, now. */
  readonly ageMs: number;
}

/** The largest body that is shared: it has to fit, compressed, into one property of an entity (64 KiB). */
export const mostSharedBytes = 512 * 1024;
