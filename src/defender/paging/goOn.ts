/**
 * Goes on in a list that is read by offsets. A page is asked for from some rows before where the last one ended, and what is known from there shows
 * what is new. Where nothing of it is known again, it is looked for half a page further back, once.
 */
import type { Sliced } from '../../odata/collection.ts';
import { markOf } from './marks.ts';
import { type IsSure, isLikely, newRows } from './overlap.ts';

/** Where the last page ended. At the start of a list nothing is known. */
export interface Ended {
  /** Rows of the list before that. */
  readonly offset: number;
  /** Rows that are asked for at a time. */
  readonly size: number;
  /** Of the last rows, in their order. */
  readonly marks: readonly number[];
}

/** Rows that came, and where the first of them stands in the list. */
export interface Window<Page> {
  readonly kind: 'window';
  readonly page: Page;
  readonly body: Uint8Array;
  readonly sliced: Sliced;
  readonly start: number;
}

/** Rows came, or something else. */
export type Look<Page, Else> = Window<Page> | { readonly kind: 'else'; readonly instead: Else };

export type GoneOn<Page, Else> =
  | {
      readonly kind: 'goneOn';
      readonly window: Window<Page>;
      /** Those that are new, by their number on the page. */
      readonly rows: readonly number[];
      /** Nothing is known again: all rows of the page count, some may be missing, and some may have come before. */
      readonly isLost: boolean;
    }
  | { readonly kind: 'else'; readonly instead: Else };

/** @param look asks for a page that begins with a row of the list; called at most twice */
export const goOn = async <Page, Else>(
  { offset, size, marks }: Ended,
  look: (start: number) => Promise<Look<Page, Else>>,
): Promise<GoneOn<Page, Else>> => {
  const near = await look(Math.max(0, offset - marks.length));
  if (near.kind === 'else') return near;
  const rows = newOn(near, marks, isLikely(marks));
  if (rows) return { kind: 'goneOn', window: near, rows, isLost: false };

  const far = await look(Math.max(0, offset - Math.floor(size / 2)));
  if (far.kind === 'else') return far;
  const found = newOn(far, marks, () => true);
  if (found) return { kind: 'goneOn', window: far, rows: found, isLost: false };
  return { kind: 'goneOn', window: near, rows: near.sliced.starts.map((_, row) => row), isLost: true };
};

/** How many of the last rows are kept in mind: no more than a third of a page, or a far look would not reach behind them. */
export const overlapOf = (size: number, most: number): number => Math.min(most, Math.floor(size / 3));

const newOn = <Page>({ body, sliced }: Window<Page>, known: readonly number[], isSure: IsSure) =>
  newRows({ rows: sliced.starts.length, markOf: (row) => markOf(body, sliced, row) }, known, isSure);
