/**
 * Finds where a JSON value ends without reading what it says: brackets and texts are followed, nothing else is judged.
 * Every function takes the bytes (UTF-8) and an index, and gives the index behind what it skipped, -1 where the bytes end before.
 */
const quote = 0x22;
const backslash = 0x5c;
const comma = 0x2c;
/** `{` and `[` differ in one bit, and so do `}` and `]`. */
const bracketBit = 0x20;
const open = 0x7b;
const close = 0x7d;

/** Never -1: white space may be followed by nothing. */
export const skipSpace = (body: Uint8Array, at: number): number => {
  let i = at;
  while (isSpace(body[i])) i++;
  return i;
};

/** @param at of any value's first byte; anything else gives -1 */
export const skipValue = (body: Uint8Array, at: number): number => {
  const first = body[at] ?? 0;
  if (first === quote) return skipText(body, at);
  return (first | bracketBit) === open ? skipNested(body, at) : skipScalar(body, at);
};

/** @param at of the quotation mark that begins the text; anything else gives -1 */
export const skipText = (body: Uint8Array, at: number): number => {
  if (body[at] !== quote) return -1;
  const { length } = body;
  for (let i = at + 1; i < length; i++) {
    const byte = body[i];
    if (byte === quote) return i + 1;
    if (byte === backslash) i++;
  }
  return -1;
};

/** The loop in which all the time goes: each byte of a page comes by here once. */
const skipNested = (body: Uint8Array, at: number): number => {
  const { length } = body;
  let depth = 0;
  for (let i = at; i < length; i++) {
    const byte = body[i] as number;
    if (byte === quote) {
      i = skipText(body, i) - 1;
      if (i < 0) return -1;
    } else if ((byte | bracketBit) === open) {
      depth++;
    } else if ((byte | bracketBit) === close && --depth === 0) {
      return i + 1;
    }
  }
  return -1;
};

const skipScalar = (body: Uint8Array, at: number): number => {
  const { length } = body;
  let i = at;
  while (i < length && !endsScalar(body[i] as number)) i++;
  return i > at ? i : -1;
};

const endsScalar = (byte: number): boolean =>
  byte === comma || byte === quote || byte === 0x3a || (byte | bracketBit) === close || isSpace(byte);

const isSpace = (byte: number | undefined): boolean => byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
