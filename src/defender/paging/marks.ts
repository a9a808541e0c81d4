import { findValue } from '../../odata/collection/members.ts';
import type { Sliced } from '../../odata/collection.ts';

/** Of a mark. Two rows of a million have the same one with a chance of one in 280 million. */
export const markBytes = 6;

/** The last rows of a page, by their marks. */
export const lastMarks = (body: Uint8Array, sliced: Sliced, rows: number): readonly number[] => {
  const { length } = sliced.starts;
  const first = Math.max(0, length - rows);
  return Array.from({ length: length - first }, (_, i) => markOf(body, sliced, first + i));
};

/** What a machine is known again by: 48 bits of its id's hash, or of all of the row where it has none. */
export const markOf = (body: Uint8Array, { starts, ends }: Sliced, row: number): number => {
  const start = starts[row] ?? 0;
  const id = findValue(body, start, 'id');
  return hash(body, id?.start ?? start, id?.end ?? ends[row] ?? start);
};

/** cyrb53 (public domain), cut to 48 bits: fast, spread evenly, and no secret. */
const hash = (body: Uint8Array, start: number, end: number): number => {
  let high = 0xdeadbeef;
  let low = 0x41c6ce57;
  for (let i = start; i < end; i++) {
    const byte = body[i] as number;
    high = Math.imul(high ^ byte, 2654435761);
    low = Math.imul(low ^ byte, 1597334677);
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
  return (high & 0xffff) * 2 ** 32 + (low >>> 0);
};
