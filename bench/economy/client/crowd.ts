/**
 * Many callers with one list of work: each takes the next piece when its last one is done.
 *
 * @returns what came of each piece, in the order of the list
 * @throws what the first failing piece threw; from then on nobody takes another
 */
export const crowd = async <T, R>(
  callers: number,
  work: readonly T[],
  call: (piece: T, index: number) => Promise<R>,
): Promise<readonly R[]> => {
  const results: R[] = [];
  const left = piecesOf(work);
  const caller = async () => {
    // One iterator for all: what one caller takes, no other gets; a caller that fails closes it.
    for (const [index, piece] of left) results[index] = await call(piece, index);
  };
  await Promise.all(Array.from({ length: callers }, caller));
  return results;
};

function* piecesOf<T>(work: readonly T[]): Generator<readonly [number, T]> {
  yield* work.entries();
}
