/**
 * What comes within some milliseconds, done together: alerts that one call has answered end at the same moment.
 *
 * @param most as many as are done together
 * @param act is given at least one @returns a function that resolves when its items were dealt with, and rejects as `act` does
 */
import type { Clock } from '../clock.ts';

export const gathered = <T>(
  clock: Pick<Clock, 'sleep'>,
  most: number,
  act: (items: readonly T[]) => Promise<void>,
): ((items: readonly T[]) => Promise<void>) => {
  let open: { readonly items: T[]; readonly full: AbortController; readonly done: Promise<void> } | undefined;

  const begin = () => {
    const items: T[] = [];
    const full = new AbortController();
    const done = clock.sleep(gatherMs, full.signal).then(() => {
      if (open?.items === items) open = undefined;
      return act(items);
    });
    return { items, full, done };
  };

  return (items) => {
    if (items.length === 0) return Promise.resolve();
    open ??= begin();
    const batch = open;
    batch.items.push(...items);
    if (batch.items.length >= most) {
      open = undefined;
      batch.full.abort();
    }
    return batch.done;
  };
};

const gatherMs = 30;
