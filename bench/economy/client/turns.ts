/**
 * Measures A and B in turns, and each goes first every other time: what comes and goes on the machine meets both.
 *
 * @returns what each gave, in pairs
 */
export const inTurns = async <T>(
  times: number,
  a: () => Promise<T>,
  b: () => Promise<T>,
): Promise<{ readonly a: readonly T[]; readonly b: readonly T[] }> => {
  const [ofA, ofB]: [T[], T[]] = [[], []];
  for (let turn = 0; turn < times; turn += 1) {
    if (turn % 2 === 0) ofA.push(await a());
    ofB.push(await b());
    if (turn % 2 === 1) ofA.push(await a());
  }
  return { a: ofA, b: ofB };
};
