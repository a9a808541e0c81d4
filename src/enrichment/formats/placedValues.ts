/** What came, taken apart into values that are each of some format: out of envelopes, lists, lines, and a text of JSON in JSON. */
import type { Opened } from './envelopes.ts';
import { opened } from './envelopes.ts';
import type { Item } from './format.ts';
import { itemsIn, mostItems } from './itemsIn.ts';
import type { Json } from './json.ts';
import { isObject, listOf, parsedText, within } from './members.ts';

export interface PlacedValue {
  readonly value: unknown;
  /** Where it stands in what came: `[3].data`, `line 7`; empty for the whole. */
  readonly place: string;
  /** The event that it came in, where it came in one. */
  readonly event?: unknown;
}

export type PlacedValues =
  | Extract<Opened, { kind: 'validation' }>
  /** Alerts or not: none of them is looked at. */
  | { readonly kind: 'tooMany'; readonly count: number }
  | {
      readonly kind: 'values';
      readonly values: readonly PlacedValue[];
      readonly ignored: readonly Extract<Item, { kind: 'ignored' }>[];
    };

/** @param headers names in lower case */
export const placedValues = (
  json: Extract<Json, { kind: 'value' | 'lines' }>,
  headers: Readonly<Record<string, string>>,
): PlacedValues => {
  if (json.kind === 'lines') {
    const lines = json.lines.map(({ number, value }) => ({ value, place: `line ${number}` }));
    return ifFew(lines, () => ({ kind: 'values', values: lines, ignored: [] }));
  }
  const whole = { value: unquoted(json.value), place: '' };
  return ifFew([whole], () => {
    const envelope = opened({ value: whole.value, headers });
    if (envelope === undefined) return { kind: 'values', values: spread(whole), ignored: [] };
    if (envelope.kind === 'validation') return envelope;
    const carried = envelope.items.map(({ value, place, original }) => ({ value, place, event: original }));
    return ifFew(carried, () => ({ kind: 'values', values: carried.flatMap(spread), ignored: envelope.ignored }));
  });
};

const ifFew = (values: readonly PlacedValue[], placed: () => PlacedValues): PlacedValues => {
  const count = values.reduce((total, { value }) => total + itemsIn(value), 0);
  return count > mostItems ? { kind: 'tooMany', count } : placed();
};

/** Some senders quote their JSON once more. */
const unquoted = (value: unknown): unknown => {
  const inner = typeof value === 'string' ? parsedText(value) : undefined;
  return isObject(inner) || Array.isArray(inner) ? inner : value;
};

const spread = (placed: PlacedValue): readonly PlacedValue[] =>
  Array.isArray(placed.value)
    ? listOf(placed.value).map((value, index) => ({ ...placed, value, place: within(placed.place, `[${index}]`) }))
    : [placed];
