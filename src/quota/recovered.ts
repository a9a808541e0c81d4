/**
 * A ledger that was lost or set back, from what this process last saw and what stands there now.
 *
 * Every slot of either is kept: others may still send theirs. What others wrote in between nobody knows, so the shortest window
 * counts as spent from now on.
 */
import type { HeldSlot, LedgerRow } from './ledgerRow.ts';

/** @param stampedAt the store's time of what stands there */
export const recovered = (known: LedgerRow, found: LedgerRow | undefined, stampedAt: number): LedgerRow => {
  const [shortest] = known.limits;
  const spent = Array<number>(shortest?.calls ?? 0).fill(stampedAt);
  const log = merged(known.log, found?.log ?? []);
  const held = new Map([...known.held, ...(found?.held ?? [])].map((slot) => [nameOf(slot), slot]));
  return {
    ...known,
    log: [...log, ...spent].sort((a, b) => a - b),
    held: [...held.values()].sort((a, b) => a.at - b.at),
  };
};

const nameOf = ({ owner, number }: HeldSlot): string => `${owner} ${number}`;

/** Each instant as often as the list has it that has it more often. */
const merged = (one: readonly number[], other: readonly number[]): number[] => {
  const left = new Map<number, number>();
  for (const at of one) left.set(at, (left.get(at) ?? 0) + 1);
  const added = other.filter((at) => {
    const count = left.get(at) ?? 0;
    left.set(at, count - 1);
    return count <= 0;
  });
  return [...one, ...added];
};
