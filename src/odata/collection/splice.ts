/** One place in the bytes, and what stands there instead; `start` equals `end` where something is put in. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  /** One after the other, without anything between them. */
  readonly pieces: readonly Uint8Array[];
}

/**
 * The bytes with the edits made, in one copy.
 *
 * @param edits in any order, none within another
 * @returns the same bytes where there are none
 */
export const splice = (body: Uint8Array, edits: readonly Edit[]): Uint8Array => {
  if (edits.length === 0) return body;
  const pieces: Uint8Array[] = [];
  let at = 0;
  for (const { start, end, pieces: put } of edits.toSorted((a, b) => a.start - b.start || a.end - b.end)) {
    pieces.push(body.subarray(at, start));
    for (const piece of put) pieces.push(piece);
    at = end;
  }
  pieces.push(body.subarray(at));
  return joined(pieces);
};

/** The pieces one after the other. */
export const joined = (pieces: readonly Uint8Array[]): Uint8Array => {
  const whole = new Uint8Array(pieces.reduce((length, piece) => length + piece.byteLength, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.byteLength;
  }
  return whole;
};
