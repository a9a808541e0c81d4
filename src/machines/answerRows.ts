/**
 * Where the rows of shared answers are kept: the port below `answersInRows`. A write is based on what was read, and done only where
 * nobody wrote in between.
 */
import type { StoredAnswer } from './answerRow.ts';

export interface AnswerRows {
  /** @throws Error where the store does not answer in its time; so does `write` */
  read(slot: string): Promise<RowRead>;
  /** Each on its own terms, in as few transactions as can be. @param writes no two for one slot @returns those that were done, by slot */
  write(writes: readonly RowWrite[]): Promise<ReadonlyMap<string, RowVersion>>;
}

export interface RowRead {
  readonly row?: (RowVersion & { readonly stored: Readonly<Record<string, unknown>> }) | undefined;
  /** Now, by the store's clock, lies between these: milliseconds since 1970. */
  readonly now: { readonly earliest: number; readonly latest: number };
}

export interface RowVersion {
  readonly etag: string;
  /** When it was written, by the store's clock. */
  readonly stampedAt: number;
}

export interface RowWrite {
  readonly slot: string;
  /** What it is based on; undefined: that there is no row. */
  readonly etag: string | undefined;
  /** `merge` leaves properties that are not named as they are. */
  readonly how: 'merge' | 'replace';
  readonly properties: Partial<StoredAnswer>;
}
