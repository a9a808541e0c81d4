/** How many are dealt with at once. */
const mostAtOnce = 16;

/**
 * Deals with each, some at a time, as long as there is time; one that fails keeps no other from its turn.
 *
 * @param act gives whether there was something to do
 * @returns how many had
 * @throws AggregateError of what failed, once all others are done
 */
export const eachOf = async (
  ids: readonly string[],
  isOver: () => boolean,
  act: (id: string) => Promise<boolean>,
): Promise<number> => {
  const left = ids.values();
  const faults: unknown[] = [];
  let count = 0;
  const working = async (): Promise<void> => {
    for (const id of left) {
      if (isOver()) return;
      await act(id).then(
        (isDone) => {
          if (isDone) count += 1;
        },
        (fault: unknown) => faults.push(fault),
      );
    }
  };
  await Promise.all(Array.from({ length: Math.min(mostAtOnce, ids.length) }, working));
  if (faults.length > 0) throw new AggregateError(faults, `${faults.length} operations could not be dealt with`);
  return count;
};
