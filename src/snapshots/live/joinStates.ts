import type { Run } from '../run.ts';
import type { SecurityState } from '../securityState.ts';
import { composeState, type Judgement } from '../sources/composing/composeState.ts';
import type { AntivirusList } from './antivirusWalk.ts';
import type { MachinesPage } from './machinesPage.ts';
import { writePlace } from './place.ts';
import { wholeCount } from './wholeCount.ts';

export interface JoinedStates {
  readonly states: readonly SecurityState[];
  readonly count: number;
  /** Of the next page; undefined behind the last. */
  readonly token: string | undefined;
  readonly warning: string | undefined;
}

export interface JoinOptions {
  readonly judgement: Judgement;
  /** States given in this walk before this page. */
  readonly given: number;
  /** The last run that is stored. */
  readonly run: Run | undefined;
}

/** The states of a page of machines, in their order. */
export const joinStates = (
  { machines, next, warning }: MachinesPage,
  { byMachine, isLost }: AntivirusList,
  { judgement, given, run }: JoinOptions,
): JoinedStates => {
  const states = machines.map((machine) => composeState(machine, byMachine.get(machine.id), judgement));
  const all = given + states.length;
  const counted = wholeCount({ given: all, hasMore: next !== undefined, run });
  const warnings = [warning, isLost ? lost : undefined, counted.warning].filter((each) => each !== undefined);
  return {
    states,
    count: counted.count,
    token: next === undefined ? undefined : writePlace({ kind: 'machines', next, given: all }),
    warning: warnings.length > 0 ? warnings.join(' ') : undefined,
  };
};

const lost =
  'Too many reports of antivirus came or went while they were read: some of the machines with AntivirusNotReporting may report. To be sure, ask again.';
