/**
 * An OData collection as bytes: `{"@odata.context":…,"value":[{…},{…}],"@odata.nextLink":…}`. Where its rows stand is found in one
 * pass, without parsing them: a page of 10,000 machines is 10 MB, and is passed on as it came.
 */
import { type Member, readMembers, startOf } from './collection/members.ts';
import { skipSpace, skipValue } from './collection/skip.ts';

/** Indices into the bytes; row `i` is from `starts[i]` to before `ends[i]`. */
export interface Sliced {
  /** Behind the bracket that opens the rows. */
  readonly opens: number;
  readonly starts: readonly number[];
  readonly ends: readonly number[];
  /** Of the bracket that closes the rows. */
  readonly closes: number;
  /** What stands beside the rows, and `value` itself, in their order. */
  readonly members: readonly Member[];
  /** Of the brace that closes it all. */
  readonly brace: number;
}

type Rows = Omit<Sliced, 'members' | 'brace'>;

/**
 * Finds the rows of a collection: the elements of the list that is the top-level `value`. As `JSON.parse` would, it takes the last of two.
 *
 * Brackets, texts, colons and commas are checked, but not what stands within a row.
 *
 * @param body UTF-8
 * @returns undefined where the body is no collection, or is cut; O(n)
 */
export const sliceRows = (body: Uint8Array): Sliced | undefined => {
  let rows: Rows | undefined;
  const members: Member[] = [];
  const skip = (name: string, at: number): number => {
    if (name !== 'value') return skipValue(body, at);
    rows = readRows(body, at);
    return rows ? rows.closes + 1 : skipValue(body, at);
  };
  const brace = readMembers(body, startOf(body), (member) => members.push(member), skip);
  const isWhole = brace >= 0 && skipSpace(body, brace + 1) === body.length;
  return rows && isWhole ? { ...rows, members, brace } : undefined;
};

/** How many rows a collection holds; undefined where the body is none. */
export const countRows = (body: Uint8Array): number | undefined => sliceRows(body)?.starts.length;

/** Row `i`, not copied. */
export const rowAt = (body: Uint8Array, { starts, ends }: Sliced, i: number): Uint8Array =>
  body.subarray(starts[i], ends[i]);

const readRows = (body: Uint8Array, at: number): Rows | undefined => {
  if (body[at] !== 0x5b) return undefined;
  const starts: number[] = [];
  const ends: number[] = [];
  let i = skipSpace(body, at + 1);
  if (body[i] === 0x5d) return { opens: at + 1, starts, ends, closes: i };
  for (;;) {
    const end = skipValue(body, i);
    if (end < 0) return undefined;
    starts.push(i);
    ends.push(end);
    i = skipSpace(body, end);
    if (body[i] === 0x5d) return { opens: at + 1, starts, ends, closes: i };
    if (body[i] !== 0x2c) return undefined;
    i = skipSpace(body, i + 1);
  }
};
