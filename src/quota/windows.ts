/**
 * Rolling windows, as a pure law: when may one more call go?
 *
 * All instants and lengths are whole milliseconds. With fractions, `(t + w) - t < w` can hold and the search
 * would never end.
 */

/** At most `calls` slots may lie in any half-open stretch of `milliseconds`. */
export interface Window {
  readonly calls: number;
  readonly milliseconds: number;
}

/**
 * The first instant at which one more slot breaks no window, gaps between booked slots included.
 *
 * @param slots   slots past and booked, ascending
 * @param windows the limits, each widened by the guard
 * @param from    not before this instant
 * @returns an instant >= from; every earlier one from `from` on would break a window
 */
export const earliest = (slots: readonly number[], windows: readonly Window[], from: number): number => {
  let instant = from;
  for (;;) {
    const before = instant;
    for (const window of windows) instant = clearOf(slots, window, instant);
    if (instant === before) return instant;
  }
};

/** Of `windows`, the one that keeps a slot from `from` the longest; undefined where none does. */
export const binding = <W extends Window>(
  slots: readonly number[],
  windows: readonly W[],
  from: number,
): W | undefined =>
  windows
    .map((window) => ({ window, free: clearOf(slots, window, from) }))
    .filter(({ free }) => free > from)
    .reduce<{ window: W; free: number } | undefined>((a, b) => (a && a.free >= b.free ? a : b), undefined)?.window;

/** Adds `slot` where it belongs in an ascending list. */
export const insert = (slots: number[], slot: number): void => {
  slots.splice(lowerBound(slots, slot), 0, slot);
};

/** Takes one such slot out of an ascending list. */
export const remove = (slots: number[], slot: number): void => {
  const place = lowerBound(slots, slot);
  if (slots[place] === slot) slots.splice(place, 1);
};

/**
 * The first instant >= from that this one window allows.
 *
 * A slot at x breaks the window when some `calls` slots in a row, x among or beside them, span less than its length.
 * Such a block forbids everything up to its first slot + length, so the search jumps there: no instant that would do is skipped.
 */
const clearOf = (slots: readonly number[], { calls, milliseconds }: Window, from: number): number => {
  let instant = from;
  for (;;) {
    const block = lastCrowdedBlock(slots, calls, milliseconds, instant);
    if (block === undefined) return instant;
    instant = block + milliseconds;
  }
};

/** Start of the latest run of `calls` slots that, with one more at `instant`, spans less than `milliseconds`. */
const lastCrowdedBlock = (
  slots: readonly number[],
  calls: number,
  milliseconds: number,
  instant: number,
): number | undefined => {
  const place = lowerBound(slots, instant);
  for (let i = Math.min(place, slots.length - calls); i >= Math.max(0, place - calls); i--) {
    const first = slots[i] ?? instant;
    const last = slots[i + calls - 1] ?? instant;
    if (Math.max(last, instant) - Math.min(first, instant) < milliseconds) return first;
  }
  return undefined;
};

/** The index of the first slot >= instant. */
const lowerBound = (slots: readonly number[], instant: number): number => {
  let low = 0;
  let high = slots.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((slots[middle] ?? Number.POSITIVE_INFINITY) < instant) low = middle + 1;
    else high = middle;
  }
  return low;
};
