/** What must never be, in any run. */
import type { SimulationOptions } from '../options.ts';
import type { Result } from './result.ts';

/** One line for each promise that was broken; none where all is well. */
export const faultsOf = (_options: SimulationOptions, result: Result): readonly string[] => {
  const { violations, violationsAt, sentBeyondHeld } = result;
  const faults: string[] = [];
  if (violations > 0) faults.push(`${violations} calls over the limit, the first at ${violationsAt[0]?.toFixed(0)} ms`);
  if (sentBeyondHeld > 0) faults.push(`${sentBeyondHeld} calls sent without storage beyond the slots held before`);
  return faults;
};
