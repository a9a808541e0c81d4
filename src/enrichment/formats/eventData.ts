/**
 * What an event carries. Senders put the same data in as JSON, as a text of JSON, or as base64 of such a text; Graph's AlertCreated names its
 * alert in the subject as well ("Microsoft Security Alert events").
 */
import { withoutClientState } from './clientState.ts';
import { isObject, type Members, parsedText, textOf, within } from './members.ts';

export interface OpenedEvent {
  /** What it carries; undefined where that is missing or can't be read. */
  readonly value: unknown;
  /** Where that stands in what came: `[3].data`. */
  readonly place: string;
  /** The whole event, without the secret of a Graph subscription. */
  readonly original: unknown;
}

export const openedEvent = (event: Members, place: string): OpenedEvent => {
  const inBase64 = event.data === undefined || event.data === null ? textOf(event.data_base64) : undefined;
  const member = inBase64 === undefined ? 'data' : 'data_base64';
  const value = parsed(inBase64 === undefined ? event.data : fromBase64(inBase64));
  const alertId = isEmpty(value) ? idInSubject(event.subject) : undefined;
  if (alertId !== undefined) return { value: { alertId }, place: within(place, 'subject'), original: event };
  return { value: value ?? undefined, place: within(place, member), original: originalOf(event, value) };
};

const originalOf = (event: Members, value: unknown): Members => {
  const data = withoutClientState(value);
  if (data === value) return event;
  const { data_base64: _, ...others } = event;
  return { ...others, data };
};

/** `Alert/da637472900382838869_1364969609`. */
const idInSubject = (subject: unknown): string | undefined =>
  /^\/?alerts?\/([^/\s]+)$/i.exec(textOf(subject) ?? '')?.[1];

const isEmpty = (value: unknown): boolean =>
  value === undefined || value === null || (isObject(value) && Object.keys(value).length === 0);

/** A text that is no JSON stays what it is. */
const parsed = (data: unknown): unknown => {
  if (typeof data !== 'string') return data;
  const text = data.replace(/^\uFEFF/, '').trim();
  return text === '' ? undefined : (parsedText(text) ?? data);
};

const fromBase64 = (base64: string): string | undefined => {
  try {
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
};
