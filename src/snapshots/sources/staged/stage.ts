import { rowAt, type Sliced } from '../../../odata/collection.ts';
import { bucketOf } from '../../buckets.ts';

/** How the rows of one list are staged. */
export interface Staged {
  /** The property that says whose row it is. */
  readonly idName: string;
  /** What is needed of a row, in one line; undefined where it does not say whose it is. */
  readonly line: (json: unknown) => { readonly id: string; readonly text: string } | undefined;
}

export type StagedPage =
  /** Lines for each bucket. */
  | { readonly kind: 'staged'; readonly rows: readonly string[]; readonly unreadable: number }
  /** The body is no JSON. */
  | { readonly kind: 'broken'; readonly fault: string };

/** Parses one row at a time: a page of 10,000 rows is 10 MB, and far more where all of it is objects. */
export const stage = (
  body: Uint8Array,
  sliced: Sliced,
  rows: readonly number[],
  { line }: Staged,
  buckets: number,
): StagedPage => {
  const lines: string[][] = Array.from({ length: buckets }, () => []);
  let unreadable = 0;
  try {
    for (const row of rows) {
      const written = line(JSON.parse(decoder.decode(rowAt(body, sliced, row))));
      if (written) lines[bucketOf(written.id, buckets)]?.push(written.text);
      else unreadable++;
    }
  } catch (fault) {
    if (fault instanceof SyntaxError) return { kind: 'broken', fault: fault.message };
    throw fault;
  }
  return { kind: 'staged', rows: lines.map((each) => each.join('\n')), unreadable };
};

const decoder = new TextDecoder();
