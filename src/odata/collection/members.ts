import { skipSpace, skipText, skipValue } from './skip.ts';

/** One `"name": value` of an object, as indices into the bytes. */
export interface Member {
  readonly name: string;
  /** Of the quotation mark that begins the name. */
  readonly start: number;
  readonly valueStart: number;
  /** Behind the value. */
  readonly end: number;
}

/**
 * Goes through the members of an object in their order, whatever their values hold.
 *
 * @param at of the brace that opens the object
 * @param skip finds the end of a member's value; -1 ends the reading
 * @returns the index of the brace that closes the object; -1 where there is no such object
 */
export const readMembers = (
  body: Uint8Array,
  at: number,
  found: (member: Member) => void,
  skip: (name: string, valueStart: number) => number = (_, valueStart) => skipValue(body, valueStart),
): number => {
  if (body[at] !== 0x7b) return -1;
  let i = skipSpace(body, at + 1);
  if (body[i] === 0x7d) return i;
  for (;;) {
    const start = i;
    const nameEnd = skipText(body, start);
    if (nameEnd < 0) return -1;
    const colon = skipSpace(body, nameEnd);
    if (body[colon] !== 0x3a) return -1;
    const valueStart = skipSpace(body, colon + 1);
    const name = textAt(body, start, nameEnd);
    const end = name === undefined ? -1 : skip(name, valueStart);
    if (name === undefined || end < 0) return -1;
    found({ name, start, valueStart, end });
    i = skipSpace(body, end);
    if (body[i] === 0x7d) return i;
    if (body[i] !== 0x2c) return -1;
    i = skipSpace(body, i + 1);
  }
};

/** Where the value of the first member with this name stands, the members before it being all that is read; undefined where there is none. */
export const findValue = (
  body: Uint8Array,
  at: number,
  name: string,
): { readonly start: number; readonly end: number } | undefined => {
  let start = -1;
  const stopAtName = (each: string, valueStart: number): number => {
    if (each === name) start = valueStart;
    return start < 0 ? skipValue(body, valueStart) : -1;
  };
  readMembers(body, at, () => {}, stopAtName);
  const end = start < 0 ? -1 : skipValue(body, start);
  return end < 0 ? undefined : { start, end };
};

/** Where the first value begins: behind white space, and behind the byte order mark that some servers send and readers ignore. */
export const startOf = (body: Uint8Array): number => {
  const isMarked = body[0] === 0xef && body[1] === 0xbb && body[2] === 0xbf;
  return skipSpace(body, isMarked ? 3 : 0);
};

/** The text that stands there in quotation marks; undefined where it is none. */
export const textAt = (body: Uint8Array, start: number, end: number): string | undefined => {
  try {
    const text: unknown = JSON.parse(decoder.decode(body.subarray(start, end)));
    return typeof text === 'string' ? text : undefined;
  } catch {
    return undefined;
  }
};

const decoder = new TextDecoder();
