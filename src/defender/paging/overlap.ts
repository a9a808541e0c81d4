/**
 * What of a page is new, when the page was asked for from some rows before where the last one ended ("Pages overlap", docs/decisions/008).
 *
 * Rows that went let everything move up, rows that came push everything down; the rows known from the end of the last page show by how much.
 * Whatever stands before the first of them was given, or came meanwhile; whatever stands behind it and is not known itself has not been given.
 */

/** Rows that can be known again. */
export interface SeenPage {
  readonly rows: number;
  readonly markOf: (row: number) => number;
}

/** Whether the first known row, and how many there are, tell where the last page ended. */
export type IsSure = (first: number, found: number) => boolean;

/** @returns the rows to give, by their number on the page; undefined where too little is known again to tell */
export const newRows = (
  { rows, markOf }: SeenPage,
  known: readonly number[],
  isSure: IsSure,
): readonly number[] | undefined => {
  const all = Array.from({ length: rows }, (_, row) => row);
  if (known.length === 0) return all;
  const expected = new Map<number, number>();
  for (const mark of known) expected.set(mark, (expected.get(mark) ?? 0) + 1);
  const isNew = all.map((row) => !comesAgain(expected, markOf(row)));
  const first = isNew.indexOf(false);
  const found = isNew.filter((each) => !each).length;
  if (first < 0 || !isSure(first, found)) return undefined;
  return all.filter((row) => row > first && isNew[row]);
};

/** Where rows share a mark, such as several of one machine, no more of them are known than came before. */
const comesAgain = (expected: Map<number, number>, mark: number): boolean => {
  const times = expected.get(mark) ?? 0;
  if (times > 0) expected.set(mark, times - 1);
  return times > 0;
};

/**
 * Fewer rows came than the overlap is long, or half of those known are there. A single one far down the page is one that moved, and
 * what stands before it may not have been given.
 */
export const isLikely =
  (known: readonly number[]): IsSure =>
  (first, found) =>
    first <= known.length || found * 2 >= known.length;
