/** Makes a body from Defender's by cutting and putting in: what stays is copied once, as it is, and not at all where all of it stays. */

import { textAt } from '../../odata/collection/members.ts';
import { type Edit, splice } from '../../odata/collection/splice.ts';
import { memberEdits } from '../../odata/collection/withMember.ts';
import { rowAt, type Sliced } from '../../odata/collection.ts';
import { type Entity, isEntity } from '../../odata/evaluation/value.ts';
import { applySelect } from '../../odata/select.ts';
import { nextLink } from './page.ts';

export interface PageChanges {
  /** The rows that stay, in the order wanted, by their number in Defender's answer; all of them if not given. */
  readonly rows?: readonly number[] | undefined;
  /** The paths of `$select`; all properties if not given. */
  readonly select?: readonly string[] | undefined;
  readonly count?: number | undefined;
  /** The link to the next page. Without, there is none: Defender's is taken out. */
  readonly link?: string | undefined;
}

/** @throws where a row that is to be looked into is no JSON */
export const pageBody = (
  body: Uint8Array,
  sliced: Sliced,
  { rows = everyRow(sliced), select, count, link }: PageChanges,
): Uint8Array =>
  splice(body, [
    ...(select ? selectEdits(body, sliced, rows, select) : rowEdits(body, sliced, rows)),
    ...memberEdits(sliced, nextLink, link === undefined ? undefined : JSON.stringify(link)),
    ...(count === undefined ? [] : memberEdits(sliced, '@odata.count', `${count}`, '@odata.context')),
  ]);

export const everyRow = ({ starts }: Sliced): readonly number[] => starts.map((_, row) => row);

/** What a row says, as JSON has it. @throws where it is no JSON */
export const entityAt = (body: Uint8Array, sliced: Sliced, row: number): Entity => {
  const json: unknown = JSON.parse(decoder.decode(rowAt(body, sliced, row)));
  return isEntity(json) ? json : {};
};

const rowEdits = (body: Uint8Array, { starts, ends, opens, closes }: Sliced, rows: readonly number[]): Edit[] => {
  if (rows.length === starts.length && rows.every((row, i) => row === i)) return [];
  const pieces: Uint8Array[] = [];
  for (let i = 0; i < rows.length; i++) {
    const first = i;
    while (rows[i + 1] === (rows[i] ?? 0) + 1) i++;
    pieces.push(...(first > 0 ? [comma] : []), body.subarray(starts[rows[first] ?? 0], ends[rows[i] ?? 0]));
  }
  return [{ start: opens, end: closes, pieces }];
};

/** Rows with fewer properties are written anew, and the context says which are left: `#Machines(id,computerDnsName)`. */
const selectEdits = (body: Uint8Array, sliced: Sliced, rows: readonly number[], select: readonly string[]): Edit[] => {
  const texts = rows.map((row) => JSON.stringify(applySelect(select, entityAt(body, sliced, row))));
  const edit = { start: sliced.opens, end: sliced.closes, pieces: [encoder.encode(texts.join(','))] };
  const member = sliced.members.findLast(({ name }) => name === '@odata.context');
  const context = member && textAt(body, member.valueStart, member.end);
  if (!context?.endsWith('#Machines')) return [edit];
  return [edit, ...memberEdits(sliced, '@odata.context', JSON.stringify(`${context}(${select.join(',')})`))];
};

const comma = Uint8Array.of(0x2c);
const encoder = new TextEncoder();
const decoder = new TextDecoder();
