/**
 * Of Defender's answer, what a bound caller sees. A list is built anew of the rows that stay, as they were written, so that nothing else comes
 * along: no count, no link, no annotation. What can't be read is not shown.
 */
import type { Answered } from '../../defender/answer.ts';
import { textAt } from '../../odata/collection/members.ts';
import { joined } from '../../odata/collection/splice.ts';
import { rowAt, type Sliced, sliceRows } from '../../odata/collection.ts';
import { isEntity } from '../../odata/evaluation/value.ts';
import type { Before } from '../told.ts';
import { isInGroups } from './isInGroups.ts';

export type Narrowed =
  /** At least one row. */
  | { readonly kind: 'rows'; readonly answered: Answered; readonly before: Before }
  /** There is nothing for this caller. `before`: of a list. */
  | { readonly kind: 'nothing'; readonly before?: Before }
  | { readonly kind: 'unreadable' };

export const narrowList = (answered: Answered, groups: ReadonlySet<number>): Narrowed => {
  const { body } = answered;
  const sliced = sliceRows(body);
  const rows = sliced && rowsIn(body, sliced, groups);
  if (!sliced || !rows) return { kind: 'unreadable' };
  const hasLink = sliced.members.some(({ name }) => name === '@odata.nextLink');
  const before = { rows: sliced.starts.length, hasLink };
  if (rows.length === 0) return { kind: 'nothing', before };
  return { kind: 'rows', answered: withBody(answered, listOf(contextOf(body, sliced), rows)), before };
};

/** @returns `rows` with the one machine, to the byte */
export const narrowMachine = (answered: Answered, groups: ReadonlySet<number>): Narrowed => {
  const machine = parsed(answered.body);
  if (!isEntity(machine) || typeof machine.id !== 'string') return { kind: 'unreadable' };
  if (!isInGroups(machine, groups)) return { kind: 'nothing' };
  return { kind: 'rows', answered: withBody(answered, answered.body), before: { rows: 1, hasLink: false } };
};

/** Undefined where one is no entity. */
const rowsIn = (body: Uint8Array, sliced: Sliced, groups: ReadonlySet<number>): readonly Uint8Array[] | undefined => {
  const staying: Uint8Array[] = [];
  for (let i = 0; i < sliced.starts.length; i++) {
    const bytes = rowAt(body, sliced, i);
    const row = parsed(bytes);
    if (!isEntity(row)) return undefined;
    if (isInGroups(row, groups)) staying.push(bytes);
  }
  return staying;
};

const contextOf = (body: Uint8Array, { members }: Sliced): string | undefined => {
  const member = members.findLast(({ name }) => name === '@odata.context');
  return member && textAt(body, member.valueStart, member.end);
};

const listOf = (context: string | undefined, rows: readonly Uint8Array[]): Uint8Array => {
  const head = context === undefined ? '' : `"@odata.context":${JSON.stringify(context)},`;
  const pieces = rows.flatMap((row, i) => (i > 0 ? [comma, row] : [row]));
  return joined([encoder.encode(`{${head}"value":[`), ...pieces, encoder.encode(']}')]);
};

/** Its tags are those of the whole, and so is what Defender warned of. */
const withBody = ({ headers, ...answered }: Answered, body: Uint8Array): Answered => {
  const { etag: _, 'last-modified': __, ...others } = headers;
  return { ...answered, headers: others, body };
};

const parsed = (bytes: Uint8Array): unknown => {
  try {
    return JSON.parse(decoder.decode(bytes));
  } catch {
    return undefined;
  }
};

const comma = Uint8Array.of(0x2c);
const encoder = new TextEncoder();
const decoder = new TextDecoder();
