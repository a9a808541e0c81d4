/** Envelopes that alerts travel in, whatever their format: events of Event Grid, CloudEvents, one or many. Pure, and never throws. */
import { binaryEvent, isCloudEvent } from './cloudEvents.ts';
import { type OpenedEvent, openedEvent } from './eventData.ts';
import { isEventGridEvent, noticeOf, validationCode } from './eventGrid.ts';
import type { Item } from './format.ts';
import type { Members } from './members.ts';

export interface Enveloped {
  /** JSON, parsed; of a binary CloudEvent this is its data. */
  readonly value: unknown;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
}

export type Opened =
  /** Event Grid wants to know whether its events are wanted. */
  | { readonly kind: 'validation'; readonly code: string }
  | {
      readonly kind: 'items';
      /** What the events carry, each of some format, or of none. */
      readonly items: readonly OpenedEvent[];
      /** Events that are meant to carry no alert. */
      readonly ignored: readonly Extract<Item, { kind: 'ignored' }>[];
    };

/** @returns undefined where there is no envelope: the value itself is of some format, or of none */
export const opened = ({ value, headers }: Enveloped): Opened | undefined => {
  const isBatch = Array.isArray(value);
  const values: readonly unknown[] = isBatch ? value : [value];
  if (!values.some(isEvent)) {
    const event = binaryEvent(value, headers);
    return event && { kind: 'items', items: [{ ...openedEvent(event, ''), place: '' }], ignored: [] };
  }
  const code = values.length === 1 ? validationCode(values[0], headers) : undefined;
  if (code !== undefined) return { kind: 'validation', code };
  const placed = values.map((one, index) => ({ value: one, place: isBatch ? `[${index}]` : '' }));
  return { kind: 'items', items: placed.flatMap(itemOf), ignored: placed.flatMap(ignoredOf) };
};

interface Placed {
  readonly value: unknown;
  readonly place: string;
}

const isEvent = (value: unknown): value is Members => isEventGridEvent(value) || isCloudEvent(value);

/** What stands among events and is none is looked at as it is. */
const itemOf = ({ value, place }: Placed): OpenedEvent[] => {
  if (!isEvent(value)) return [{ value, place, original: value }];
  return noticeOf(value) === undefined ? [openedEvent(value, place)] : [];
};

const ignoredOf = ({ value, place }: Placed): readonly Extract<Item, { kind: 'ignored' }>[] => {
  const message = isEvent(value) ? noticeOf(value) : undefined;
  return message === undefined ? [] : [{ kind: 'ignored', place, message }];
};
