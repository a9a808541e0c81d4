/**
 * Text of JSON in UTF-8, or in UTF-16 where a byte order mark says so, or a NUL beside the first character: JSON begins with ASCII ("RFC 4627",
 * 3). Without the mark.
 *
 * @returns undefined where the bytes are no such text
 */
export const decoded = (bytes: Uint8Array): string | undefined => {
  try {
    return new TextDecoder(encodingOf(bytes), { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
};

const encodingOf = ([first, second]: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' => {
  if ((first === 0xff && second === 0xfe) || (first !== 0 && second === 0)) return 'utf-16le';
  return (first === 0xfe && second === 0xff) || (first === 0 && second !== 0) ? 'utf-16be' : 'utf-8';
};
