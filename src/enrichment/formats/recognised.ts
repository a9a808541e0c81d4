/** A value read by the first format that knows it. */
import type { SourceName } from '../reference.ts';
import type { FormatRules, Item } from './format.ts';
import { formats } from './formats.ts';
import { isObject } from './members.ts';
import type { PlacedValue } from './placedValues.ts';

export interface ReadValue {
  readonly source: SourceName;
  readonly items: readonly Item[];
  /** As of `PlacedValue`. */
  readonly place: string;
  readonly event?: unknown;
}

/** @returns undefined where no format knows it */
export const recognised = (placed: PlacedValue, rules: FormatRules): ReadValue | undefined => {
  const { value, place } = placed;
  for (const { name, read } of formats) {
    const items = read(value, place, rules);
    if (items !== undefined) return { ...placed, source: name, items };
  }
  return isEmptyList(value) ? { ...placed, source: 'plain', items: [emptyList(place)] } : undefined;
};

/** One among others that no format knows. */
export const foreign = (placed: PlacedValue): ReadValue => {
  const message = placed.value === undefined ? 'Here is no JSON.' : 'This is of none of the formats.';
  return { ...placed, source: 'plain', items: [{ kind: 'wrong', place: placed.place, message }] };
};

/** For who sent none of them. */
export const noneOfTheFormats = ({ place }: PlacedValue): string =>
  `${place === '' ? 'The body' : place} is of none of the formats that alerts are taken in: ${formats
    .map(({ title }) => title)
    .join('; ')}. They may come in lists, and as data of Event Grid's events or of CloudEvents.`;

export const emptyList = (place: string): Extract<Item, { kind: 'ignored' }> => ({
  kind: 'ignored',
  place,
  message: 'The list is empty.',
});

/** Of an API that found nothing. */
const isEmptyList = (value: unknown): boolean =>
  isObject(value) && Array.isArray(value.value) && value.value.length === 0;
