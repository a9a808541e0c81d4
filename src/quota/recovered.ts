/**
 * A ledger that was lost or set back, from what this process last saw and what stands there now.
 *
 * Every call and slot of either is kept: others may still send theirs. What was written in between nobody knows, so the ledger
 * starts to learn; and it gets another epoch, by which every process that knows more of the old one sees that it has to add it.
 */
import type { Entry, HeldSlot, LedgerRow } from './ledgerRow.ts';

/** Whether `found` was not made from `known`, as far as the memory of its writers goes. */
export const isSetBack = (known: LedgerRow, found: LedgerRow | undefined): boolean => {
  if (found === undefined || found.epoch !== known.epoch || found.seq < known.seq) return true;
  const writer = found.writers.at(known.seq - found.seq - 1);
  return writer !== undefined && writer !== known.writers.at(-1);
};

/** A name for a beginning: later ones sort after earlier ones, so an old copy of before is told from a new beginning. */
export const epochOf = (now: number, random: number): string =>
  `${now.toString(36).padStart(9, '0')}-${Math.floor(random * 2 ** 32).toString(36)}`;

/** What falls due while a new beginning is written may be sent as well. */
const writtenWithinMs = 3000;

/**
 * Whoever is first keeps the slots that it knows of. Whoever finds that others have begun anew adds the calls alone: slots still to come
 * that the new ledger does not hold are not sent any more.
 *
 * @param now   the latest that the store's time now can be; what stands there may be of long ago
 * @param epoch a new one, for a ledger that nobody has begun anew yet
 */
export const recovered = (known: LedgerRow, found: LedgerRow | undefined, now: number, epoch: string): LedgerRow => {
  const isBegun = found !== undefined && found.epoch > known.epoch;
  const held = new Map([...(isBegun ? [] : known.held), ...(found?.held ?? [])].map((slot) => [nameOf(slot), slot]));
  const past = known.held.filter(({ at }) => at <= now + writtenWithinMs).map(({ at, by }): Entry => ({ at, by }));
  return {
    ...known,
    ...found,
    notBefore: Math.max(known.notBefore, found?.notBefore ?? 0),
    epoch: isBegun ? found.epoch : epoch,
    learningSince: isBegun ? found.learningSince : now,
    log: merged([...known.log, ...(isBegun ? past : [])], found?.log ?? []),
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
