/**
 * Does something with each, at most so many at once. Where one fails the others are done nevertheless.
 *
 * @returns what came of each, in the order of the items
 * @throws what the first failed with, once all have ended
 */
export const inParallel = async <T, R>(
  items: readonly T[],
  most: number,
  act: (item: T, at: number) => Promise<R>,
): Promise<readonly R[]> => {
  const left = items.entries();
  const results: PromiseSettledResult<R>[] = [];
  const working = async (): Promise<void> => {
    for (const [at, item] of left) [results[at]] = await Promise.allSettled([act(item, at)]);
  };
  await Promise.all(Array.from({ length: Math.min(most, items.length) }, working));
  return results.map((result) => {
    if (result.status === 'rejected') throw result.reason;
    return result.value;
  });
};
