/**
 * Sees that a list does not go on for ever: pages that come again, however long the circle is (Brent's algorithm: one page is kept in mind, and
 * exchanged after 1, 2, 4, 8, … pages), pages that bring nothing, and more pages than any fleet has.
 */
export interface Progress {
  /** So far. */
  readonly pages: number;
  /** Of these, the last ones that brought no row that is new. */
  readonly idle: number;
  /** What a page is known again by that came some pages ago. */
  readonly anchor?: number | undefined;
}

export const notBegun: Progress = { pages: 0, idle: 0 };

/** In a row that may bring nothing new. */
const mostIdle = 20;
/** A million machines are 15,000 pages of the fewest rows that can be asked for (100, a third of them again). */
const mostPages = 20_000;

export type Step =
  | { readonly kind: 'further'; readonly progress: Progress }
  | { readonly kind: 'stuck'; readonly reason: string };

/** @param marks of all rows of the page @param fresh how many of these rows are new */
export const step = ({ pages, idle, anchor }: Progress, marks: readonly number[], fresh: number): Step => {
  const page = marks.length > 0 ? sumOf(marks) : undefined;
  if (page !== undefined && page === anchor) return stuck('a page came again that came before, with the same rows');
  const now = pages + 1;
  if (now >= mostPages) return stuck(`it has not ended after ${mostPages} pages`);
  const idleNow = fresh > 0 ? 0 : idle + 1;
  if (idleNow >= mostIdle) return stuck(`${mostIdle} pages in a row brought nothing new`);
  const isKept = Number.isInteger(Math.log2(now));
  return { kind: 'further', progress: { pages: now, idle: idleNow, anchor: isKept ? page : anchor } };
};

const stuck = (reason: string): Step => ({ kind: 'stuck', reason: `the list does not get on: ${reason}` });

/** Of all rows in their order: 48 bits, as each of the marks. */
const sumOf = (marks: readonly number[]): number => {
  let high = marks.length;
  let low = marks.length;
  for (const mark of marks) {
    high = Math.imul(high ^ Math.floor(mark / 2 ** 32), 2654435761);
    low = Math.imul(low ^ (mark >>> 0), 1597334677);
  }
  return ((high ^ (low >>> 15)) & 0xffff) * 2 ** 32 + (low >>> 0);
};
