/**
 * Bytes as JSON: in UTF-8 or UTF-16, with or without a byte order mark; or lines of JSON, as Defender XDR streams them to storage ("Stream
 * Microsoft Defender XDR events to your storage account").
 */
import { decoded } from './decoded.ts';
import { mostItems } from './itemsIn.ts';
import { isObject, parsedText } from './members.ts';

/** Bytes. What carries alerts is far smaller: an Event Hubs message has 1 MB, a message of a queue 64 KiB. */
export const mostBytes = 4 * 1024 * 1024;

export type Json =
  | { readonly kind: 'value'; readonly value: unknown }
  /** Not blank ones, each with its number from 1; `value` is undefined where it is no JSON. */
  | { readonly kind: 'lines'; readonly lines: readonly { readonly number: number; readonly value?: unknown }[] }
  /** Lines, which are not read then. */
  | { readonly kind: 'tooMany'; readonly count: number }
  | { readonly kind: 'unreadable'; readonly status: 400 | 413 | 415; readonly message: string };

/**
 * What the JSON says. Of a key that stands twice the last counts, and integers above 2^53 lose digits: no id of an alert or a machine is a
 * number.
 *
 * @param headers names in lower case; the type counts only where the bytes are no JSON, since many send JSON as something else
 */
export const readJson = (body: Uint8Array, headers: Readonly<Record<string, string>>): Json => {
  if (body.byteLength === 0) return unreadable(400, 'The body is empty; send an alert as JSON');
  if (body.byteLength > mostBytes) return unreadable(413, tooLarge(body.byteLength));
  const coding = headers['content-encoding']?.trim().toLowerCase() || 'identity';
  if (coding !== 'identity') return unreadable(415, `The body is compressed (${coding.slice(0, 40)}); send it plain`);
  const text = decoded(body);
  if (text === undefined) return notJson(headers, 'it is neither valid UTF-8 nor UTF-16 with a byte order mark');
  if (text.trim() === '') return unreadable(400, 'The body is blank; send an alert as JSON');
  try {
    return { kind: 'value', value: JSON.parse(text) };
  } catch (fault) {
    return readLines(text) ?? notJson(headers, Object(fault).message);
  }
};

/** Only where the first is an object: JSON that is broken is told as such, and not line by line. */
const readLines = (text: string): Json | undefined => {
  const [first = ''] = text.trimStart().split('\n', 1);
  if (!isObject(parsedText(first))) return undefined;
  const lines = text.split('\n');
  const count = lines.filter((line) => line.trim() !== '').length;
  if (count > mostItems) return { kind: 'tooMany', count };
  const numbered = lines.map((line, index) => ({ line, number: index + 1 })).filter(({ line }) => line.trim() !== '');
  return { kind: 'lines', lines: numbered.map(({ line, number }) => ({ number, value: parsedText(line) })) };
};

const notJson = (headers: Readonly<Record<string, string>>, reason: string) => {
  const type = (headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  if (['', 'text/plain', 'application/octet-stream'].includes(type) || /[/+](?:x-)?(?:nd)?json[a-z-]*$/.test(type))
    return unreadable(400, `The body is not JSON (${reason})`);
  return unreadable(415, `Alerts are taken as JSON, and the body, which is said to be ${type.slice(0, 80)}, is none`);
};

/** @param size in bytes, more than are read */
export const tooLarge = (size: number): string =>
  `The body has ${size} bytes; ${mostBytes} are the most. Send the alerts in parts`;

const unreadable = (status: 400 | 413 | 415, message: string): Extract<Json, { kind: 'unreadable' }> => ({
  kind: 'unreadable',
  status,
  message: `${message}.`,
});
