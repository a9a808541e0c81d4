/** Whether the runs' own words are right: complete, reconciled, and as much changed as was changed. */
import type { Run } from '../../../src/snapshots/run.ts';
import { changesOf } from '../report/figures.ts';

export interface Expected {
  /** Machines that the source lists. */
  readonly machines: number;
  /** Machines that were changed between the runs. */
  readonly changed: number;
}

/** Reports of antivirus that grow too old while the bench runs: so many of a fleet at most. */
const ageing = 0.0005;

/** @returns what is wrong; none where all is right */
export const checkRuns = (first: Run, second: Run, { machines, changed }: Expected): readonly string[] => {
  const wrong = [first, second].flatMap((run) => checkRun(run, machines));
  const changes = changesOf(second);
  if (changesOf(first) > 0) wrong.push(`the first run found ${changesOf(first)} changes, of nothing`);
  if (changes < changed || changes > changed + Math.ceil(machines * ageing))
    wrong.push(`the second run found ${changes} changes, and ${changed} machines were changed`);
  return wrong;
};

const checkRun = ({ id, outcome, reason, counts }: Run, machines: number): string[] => {
  const { received, duplicates, stored } = counts;
  const wrong: string[] = [];
  if (outcome !== 'complete') wrong.push(`the run ${id} is ${outcome}: ${reason}`);
  if (received - duplicates !== stored)
    wrong.push(`the run ${id} received ${received} machines, ${duplicates} of them twice, and stored ${stored}`);
  if (counts.machines !== machines) wrong.push(`the run ${id} keeps ${counts.machines} of ${machines} machines`);
  return wrong;
};
