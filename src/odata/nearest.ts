/**
 * The known name that was probably meant: the fewest edits away without regard to case (a swap of neighbours counts
 * as one), if those are few for its length; else one that holds it, as `machineTags` holds `tags`.
 *
 * @returns undefined if none is near; O(names x length²), names longer than 40 are near to none
 */
export const nearest = (name: string, known: Iterable<string>): string | undefined => {
  if (name.length > 40) return undefined;
  const wanted = name.toLowerCase();
  const names = [...known];
  const ranked = names
    .map((candidate) => ({ candidate, edits: distance(wanted, candidate.toLowerCase()) }))
    .filter(({ candidate, edits }) => edits <= Math.floor(Math.max(candidate.length, name.length) / 3))
    .sort((a, b) => a.edits - b.edits);
  return ranked[0]?.candidate ?? names.find((candidate) => name.length > 3 && candidate.toLowerCase().includes(wanted));
};

const distance = (a: string, b: string): number => {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const row = nextRow(a, b, i, last, beforeLast);
    beforeLast = last;
    last = row;
  }
  return last[b.length] ?? 0;
};

const nextRow = (a: string, b: string, i: number, last: readonly number[], beforeLast: readonly number[]): number[] => {
  const row = [i];
  for (let j = 1; j <= b.length; j++) {
    const change = (last[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
    const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
    const swap = swapped ? (beforeLast[j - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY;
    row.push(Math.min(change, (last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, swap));
  }
  return row;
};
