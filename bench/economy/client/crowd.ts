/**
 * Many callers with one list of work: each takes the next piece when its last one is done.
 *
 * @param call is told the place of the piece in the list, and which caller takes it
 * @returns what came of each piece, in the order of the list
 * @throws what the first failing piece threw; from then on nobody takes another
 */
export const crowd = async <T, R>(
  callers: number,
  work: readonly T[],
  call: (piece: T, index: number, caller: number) => Promise<R>,
): Promise<readonly R[]> => {
  const results: R[] = [];
  const left = piecesOf(work);
  const take = async (caller: number) => {
    // One iterator for all: what one caller takes, no other gets; a caller that fails closes it.
    for (const [index, piece] of left) results[index] = await call(piece, index, caller);
  };
  await Promise.all(Array.from({ length: callers }, (_, caller) => take(caller)));
  return results;
};

function* piecesOf<T>(work: readonly T[]): Generator<readonly [number, T]> {
  yield* work.entries();
}
