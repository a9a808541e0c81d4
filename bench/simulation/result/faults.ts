/** What must never be, in any run. */
import type { Result } from './result.ts';

/** One line for each promise that was broken; none where all is well. */
export const faultsOf = (result: Result): readonly string[] => {
  const { violations, violationsAt, crowded, unslotted, sentBeyondHeld } = result;
  const faults: string[] = [];
  if (violations > 0) faults.push(`${violations} calls over the limit, the first at ${violationsAt[0]?.toFixed(0)} ms`);
  if (crowded > 0) faults.push(`${crowded} versions of the ledger have too many calls in a widened window`);
  if (unslotted > 0) faults.push(`${unslotted} calls were sent without a slot`);
  if (sentBeyondHeld > 0) faults.push(`${sentBeyondHeld} calls were sent without storage beyond the slots held before`);
  return faults;
};
