/** Where in the plan the machine of an id is; found by the id's first digits, as a fleet may have a million. */
import { type FleetPlan, machineIdStart } from './device.ts';
import { keyIn, keyRoom, pack } from './packed.ts';
import type { Records } from './records.ts';

/** @param indexes places in the plan of those that are in the fleet */
export const idsOf = (
  { seed }: FleetPlan,
  indexes: Uint32Array,
  { saidOf, machineOf }: Records,
): ((id: string) => number | undefined) => {
  const startAt = (index: number): number => {
    const own = saidOf(index)?.id;
    return own === undefined ? machineIdStart(seed, index) : startOf(own);
  };
  let table: Float64Array | undefined;
  return (id) => {
    table ??= Float64Array.from(indexes, (index) => pack(rankOf(startAt(index)), index)).sort();
    const rank = rankOf(startOf(id));
    const last = pack(rank, keyRoom);
    for (let at = firstFrom(table, pack(rank, 0)); (table[at] ?? last) < last; at++) {
      const index = keyIn(table[at] ?? 0);
      if (machineOf(index).id === id) return index;
    }
    return undefined;
  };
};

/** Eight of the digits. */
const startOf = (id: string): number => Number.parseInt(id.slice(0, 8), 16);

const rankOf = (start: number): number => start >>> 1;

/** Where the first number stands that is not below one. */
const firstFrom = (table: Float64Array, least: number): number => {
  let [low, high] = [0, table.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((table[middle] ?? 0) < least) low = middle + 1;
    else high = middle;
  }
  return low;
};
