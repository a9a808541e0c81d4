/**
 * The answer to many lookups, taken apart again: for each the rows that would have been its answer, where that is certain. It is not where
 * there is no row, where a row differs from the value in the case of its letters alone (whether Defender takes them for equal is not
 * documented), where a row belongs to no lookup, or where the answer may have been cut. Those are asked alone.
 */
import type { Answered } from '../defender/answer.ts';
import { rowAt, sliceRows } from '../odata/collection.ts';
import { type Entity, isEntity } from '../odata/evaluation/value.ts';
import type { EqualityLookup, HostNameLookup, Lookup } from './lookup.ts';

export type Part = { readonly kind: 'found'; readonly answered: Answered } | { readonly kind: 'uncertain' };

/** Defender gives no more rows in an answer ("List machines API"). */
const mostRows = 10_000;
const uncertain: Part = { kind: 'uncertain' };

/** @returns the part of any lookup that was asked, all of one lane; never throws */
export const comeApart = (merged: Answered, asked: readonly Lookup[]): ((lookup: Lookup) => Part) => {
  const read = readRows(merged.body);
  if (!read) return () => uncertain;
  const { rows, context } = read;
  const equalities = asked.filter((lookup) => lookup.kind === 'equality');
  const isStrange = hasStranger(rows, equalities);
  return (lookup) => {
    if (lookup.kind === 'hostName') return listOf(merged, context, rows.filter(isNamed(lookup)));
    return isStrange ? uncertain : equalPart(lookup, rows, merged, context);
  };
};

/** A row that nobody asked for, letters of any case: then nobody knows what Defender takes for equal. */
const hasStranger = (rows: readonly Row[], asked: readonly EqualityLookup[]): boolean => {
  const values = new Set(asked.map(({ value }) => value.toLowerCase()));
  return rows.some(({ row }) => !values.has(String(row[asked[0]?.property ?? '']).toLowerCase()));
};

const equalPart = (
  lookup: EqualityLookup,
  rows: readonly Row[],
  merged: Answered,
  context: string | undefined,
): Part => {
  const { property, value, answer } = lookup;
  const near = rows.filter(({ row }) => String(row[property]).toLowerCase() === value.toLowerCase());
  if (near.length === 0 || near.some(({ row }) => row[property] !== value)) return uncertain;
  if (answer === 'list') return listOf(merged, context, near);
  const [only] = near;
  return only && near.length === 1 ? machineOf(merged, context, only) : uncertain;
};

const isNamed =
  ({ label }: HostNameLookup) =>
  ({ row }: Row): boolean =>
    typeof row.computerDnsName === 'string' && row.computerDnsName.split('.')[0]?.toLowerCase() === label;

interface Row {
  readonly row: Entity;
  readonly text: string;
}

/** The rows of a list, and its context; undefined where it is none, or may have been cut. */
const readRows = (
  body: Uint8Array,
): { readonly rows: readonly Row[]; readonly context: string | undefined } | undefined => {
  const sliced = sliceRows(body);
  if (!sliced || sliced.starts.length >= mostRows) return undefined;
  if (sliced.members.some(({ name }) => name === '@odata.nextLink')) return undefined;
  const decoder = new TextDecoder();
  const rows = sliced.starts.map((_, i) => {
    const text = decoder.decode(rowAt(body, sliced, i));
    return { text, row: parsed(text) };
  });
  if (!rows.every((each): each is Row => isEntity(each.row))) return undefined;
  const member = sliced.members.find(({ name }) => name === '@odata.context');
  const context = member && parsed(decoder.decode(body.subarray(member.valueStart, member.end)));
  return { rows, context: typeof context === 'string' ? context : undefined };
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const listOf = (merged: Answered, context: string | undefined, rows: readonly Row[]): Part =>
  found(merged, context, `"value":[${rows.map(({ text }) => text).join(',')}]`);

/** One machine has the annotations and the properties side by side. */
const machineOf = (merged: Answered, context: string | undefined, { text }: Row): Part =>
  found(merged, context === undefined ? undefined : `${context}/$entity`, text.trim().slice(1, -1));

const found = ({ status, headers }: Answered, context: string | undefined, inner: string): Part => {
  const before = context === undefined ? '' : `"@odata.context":${JSON.stringify(context)},`;
  const body = new TextEncoder().encode(`{${before}${inner}}`);
  return { kind: 'found', answered: { kind: 'answered', status, headers: withoutTag(headers), body } };
};

/** A tag of Defender's would be that of the whole. */
const withoutTag = (headers: Answered['headers']): Answered['headers'] =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => name !== 'etag' && name !== 'last-modified'));
