/** Events that are too big for where they go: a claim says where the rest is found ("Dataref" extension of CloudEvents). */
import { sizeOf } from '../../storage/messageSize.ts';
import type { AlertEvent } from '../event.ts';
import { alertEventText } from './alertEvent.ts';

/** The event without its data: with the same id, and `dataref`, which is `data.link`. */
export const claimOf = (event: AlertEvent): AlertEvent => {
  const { data, ...attributes } = event;
  return data === undefined ? event : { ...attributes, dataref: data.link };
};

/**
 * The text of an event, or of its claim where that is too long.
 *
 * @param mostBytes of UTF-8; 8 KiB are enough for any claim
 */
export const fitting = (event: AlertEvent, mostBytes: number): string => {
  const text = alertEventText(event);
  return sizeOf(text) <= mostBytes ? text : alertEventText(claimOf(event));
};
