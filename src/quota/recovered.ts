/**
 * A ledger that was lost or set back, from what this process last saw and what stands there now.
 *
 * Every call and slot of either is kept: others may still send theirs. What was written in between nobody knows, so the ledger
 * starts to learn; and it gets another epoch, by which every process that knows more of the old one sees that it has to add it.
 */
import type { Entry, HeldSlot, LedgerRow } from './ledgerRow.ts';

/** Whether `found` was not made from `known`, or from what came after it. */
export const isSetBack = (known: LedgerRow, found: LedgerRow | undefined): boolean =>
  found === undefined || found.epoch !== known.epoch || found.seq < known.seq;

/**
 * @param stampedAt the store's time of what stands there
 * @param epoch     a new one, for a ledger that nobody has begun anew yet
 */
export const recovered = (
  known: LedgerRow,
  found: LedgerRow | undefined,
  stampedAt: number,
  epoch: string,
): LedgerRow => {
  const isBegun = found !== undefined && found.epoch !== known.epoch;
  const held = new Map([...known.held, ...(found?.held ?? [])].map((slot) => [nameOf(slot), slot]));
  return {
    ...known,
    ...found,
    seq: Math.max(known.seq, found?.seq ?? 0),
    epoch: isBegun ? found.epoch : epoch,
    learningSince: isBegun ? found.learningSince : stampedAt,
    log: merged(known.log, found?.log ?? []),
    held: [...held.values()].sort((a, b) => a.at - b.at),
  };
};

const nameOf = ({ owner, number }: HeldSlot): string => `${owner} ${number}`;

/** Each call as often as the list has it that has it more often. */
const merged = (one: readonly Entry[], other: readonly Entry[]): Entry[] => {
  const left = new Map<number, number>();
  for (const { at } of one) left.set(at, (left.get(at) ?? 0) + 1);
  const added = other.filter(({ at }) => {
    const count = left.get(at) ?? 0;
    left.set(at, count - 1);
    return count <= 0;
  });
  return [...one, ...added].sort((a, b) => a.at - b.at);
};
