import { probeTakesMs } from './draft.ts';
import type { HeldSlot, LedgerRow } from './ledgerRow.ts';

/**
 * Which of its slots a process may not send by this version of the ledger: those that it does not hold (any more), because it was begun anew
 * without them; and for the time of a block all but the probe.
 */
export const isForbidden = (row: LedgerRow, owner: string): ((slot: HeldSlot) => boolean) => {
  const own = new Set(row.held.filter((slot) => slot.owner === owner).map(({ number }) => number));
  const { block } = row;
  const isProbe = ({ number }: HeldSlot) => block?.probe?.owner === owner && block.probe.number === number;
  const openFrom = block ? Math.max(block.until, block.probe?.at ?? 0) + probeTakesMs(row.limits) : 0;
  return (slot) => !own.has(slot.number) || (slot.at < openFrom && !isProbe(slot));
};
