import type { LedgerRow } from './ledgerRow.ts';
import { rulesFor } from './policy.ts';

/**
 * How old a view of the ledger may be when a call is sent on it, in milliseconds: as old as background books ahead; a third of that while
 * others draw on the quota, or Defender has asked for a pause.
 */
export const freshForMs = (row: LedgerRow): number => {
  const { horizonMs } = rulesFor(row.policy.background, row.limits, 0);
  const isShared = row.block !== undefined || row.log.some(({ by }) => by === 'foreign');
  return isShared ? Math.ceil(horizonMs / 3) : horizonMs;
};
