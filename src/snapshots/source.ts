/** Where security states come from: lists that are read page by page and staged, and what the staged rows of a bucket come to. */
import type { ListCursor, ListName } from './run.ts';
import type { SecurityState, SourceName } from './securityState.ts';

export interface Source {
  readonly name: SourceName;
  /** In the order in which they are best read. */
  readonly lists: readonly ListName[];
  /** One page: one call, and its retries. @param cursor undefined for the first page */
  page(list: ListName, cursor: ListCursor | undefined, options: PageOptions): Promise<PageAnswer>;
  /** What the rows of one bucket come to; pure. */
  compose(staged: StagedLists, options: ComposeOptions): Composed;
}

export interface PageOptions {
  /** Milliseconds that there are for it, the wait for the quota included. */
  readonly waitMs: number;
  readonly buckets: number;
  /** Told of each call as it is sent. */
  readonly onSent: () => void;
}

export type PageAnswer =
  | Page
  /** There is no such call (404, 410), or not for this application (403). */
  | { readonly kind: 'notServed'; readonly status: number; readonly reason: string }
  /** Not now: quota, storage, Defender. */
  | { readonly kind: 'wait'; readonly seconds: number; readonly reason: string }
  /** It will not be otherwise for asking again: 400, 401, an answer that can't be read. */
  | { readonly kind: 'refused'; readonly reason: string };

export interface Page {
  readonly kind: 'page';
  /** Lines for each bucket, by its number; '' where there are none. */
  readonly rows: readonly string[];
  /** Rows that are new since the page before. */
  readonly received: number;
  readonly announced?: number | undefined;
  /** The list moved further than pages overlap: rows may be missing. */
  readonly hasSlipped: boolean;
  /** Where the next page begins; undefined behind the last. */
  readonly next: ListCursor | undefined;
}

/** The staged lines of a bucket, page by page in the order in which they came. */
export type StagedLists = Readonly<Partial<Record<ListName, readonly string[]>>>;

export interface ComposeOptions {
  /** Milliseconds since 1970: when the run began. */
  readonly asOf: number;
  /** Lists of which rows may be missing: a machine without a row there may have one. */
  readonly slipped: readonly ListName[];
}

export interface Composed {
  /** Sorted by id, each id once. Machines that can't be judged, because a list is not whole, are left out. */
  readonly states: readonly SecurityState[];
  /** Rows that are left out because another of the same machine is newer. */
  readonly duplicates: number;
  readonly leftOut: number;
}

/** Which source is asked (`SECURITY_STATES_SOURCE`). */
export interface Sources {
  /** The one to begin with now. */
  choose(): Promise<Source>;
  named(name: SourceName): Source;
  /** The preview is not served. @returns what to ask instead, from now on for a day; undefined where the setting allows no other */
  instead(status: number): Promise<Source | undefined>;
}
