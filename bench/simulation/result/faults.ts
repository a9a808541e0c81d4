/** What must never be, in any run. */
import type { Limit } from '../../../src/quota/limits.ts';
import type { Result } from './result.ts';

/**
 * Of a limit's calls, how many may be too many after the ledger was lost or set back: whoever begins it anew can't know what others
 * booked last, and they may send it before they look again. At all other times, none.
 */
const unknownShare = 0.05;

/** One line for each promise that was broken; none where all is well. */
export const faultsOf = (result: Result): readonly string[] => {
  const { violations, violationsAt, fullest, ledgerBroken, crowded, unslotted, sentBeyondHeld } = result;
  const faults: string[] = [];
  const allowed = ({ calls }: Limit) => (ledgerBroken ? Math.ceil(calls * (1 + unknownShare)) : calls);
  if (fullest.some(({ limit, calls }) => calls > allowed(limit)))
    faults.push(`${violations} calls over the limit, the first at ${violationsAt[0]?.toFixed(0)} ms`);
  if (crowded > 0) faults.push(`${crowded} versions of the ledger have too many calls in a widened window`);
  if (unslotted > 0) faults.push(`${unslotted} calls were sent without a slot`);
  if (sentBeyondHeld > 0) faults.push(`${sentBeyondHeld} calls were sent without storage beyond the slots held before`);
  return faults;
};
