/** The verdict on what Defender gave: one machine if it is sure, else all that may be meant. */
import { exactMessage, noneMessage, unsureMessage } from './messages.ts';
import type { ResolveQuestion } from './question.ts';
import { reasonOf, standingReason } from './reasons.ts';
import type { MachineRecord } from './record.ts';
import type { Candidate, Verdict } from './resolution.ts';
import { areOneMachine } from './sameMachine.ts';
import { type Rows, type SetBehind, type Weighed, weigh } from './weigh.ts';

/** `localhost` may be thousands, and an answer that holds them all helps nobody. */
const mostCandidates = 50;

/** The order of the rows does not matter. */
export const rank = (question: ResolveQuestion, rows: Rows): Verdict => {
  const weighed = weigh(question, rows);
  const { standing, setBehind, fits } = weighed;
  if (fits.size === 0) return { match: 'none', message: noneMessage(question, weighed), machine: null, ...listed([]) };
  const one = theOne(question, weighed);
  const behind = setBehind.map((set) => ({ machine: set.record.machine, behind: set.behind, reason: reasonOf(set) }));
  if (one) {
    const message = exactMessage(question, one, weighed);
    return { match: 'exact', message, machine: one.machine, ...listed(behind) };
  }
  const stand = standing.map((record) => ({
    machine: record.machine,
    behind: null,
    reason: standingReason(record, fits.get(record), question),
  }));
  const message = unsureMessage(question, weighed);
  return { match: 'ambiguous', message, machine: null, ...listed([...stand, ...behind]) };
};

/**
 * The only one that nothing sets behind, if it is what was asked for, and if nothing was merged into a record that is not known and may
 * be another machine.
 */
const theOne = (question: ResolveQuestion, { standing, setBehind, fits }: Weighed): MachineRecord | undefined => {
  const [one, ...others] = standing;
  if (one === undefined || others.length > 0) return undefined;
  const isAsked = ({ record }: SetBehind) => fits.get(record) === 'surely';
  const isOther = ({ record }: SetBehind) => !areOneMachine(record, one, question);
  const asked = setBehind.filter(isAsked);
  if (asked.some((set) => 'lostId' in set && isOther(set))) return undefined;
  return fits.get(one) === 'surely' || asked.some((set) => !isOther(set)) ? one : undefined;
};

const listed = (candidates: readonly Candidate[]): Pick<Verdict, 'candidates' | 'candidatesLeftOut'> => ({
  candidates: candidates.slice(0, mostCandidates),
  candidatesLeftOut: Math.max(0, candidates.length - mostCandidates),
});
