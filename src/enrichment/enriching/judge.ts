/** What follows from what was asked. Pure. */
import type { AlertRecord } from '../record.ts';
import type { AskedMachines } from './askMachines.ts';
import type { Ended, Later, Outcome } from './outcome.ts';
import { shortReason } from './reason.ts';
import { retryAfter, youngAgainAt } from './times.ts';

export interface JudgingRules {
  /** Before the second try, in milliseconds. */
  readonly retryMs: number;
  readonly mostTries: number;
  /** How old an alert must be, in milliseconds, before it counts that Defender does not know it. */
  readonly unknownAfterMs: number;
}

export interface Moment {
  /** Milliseconds since 1970. */
  readonly now: number;
  /** At least 0, below 1. */
  readonly random: number;
}

/** No call is made for an alert of another product that names no machine. */
export const endedUnasked = ({ product, machineIds, alertId }: AlertRecord): Ended | undefined =>
  product === 'defender' || machineIds.length > 0
    ? undefined
    : {
        ...nothing,
        state: 'notDefender',
        reason: `${alertId} is an alert of another product, and names no machine: Defender for Endpoint was not asked`,
      };

export const judge = (record: AlertRecord, asked: AskedMachines, rules: JudgingRules, moment: Moment): Outcome => {
  const { machines, absent, open, calls, isWhole } = asked;
  if (open && !(open.kind === 'refused' && machines.length > 0)) return ofOpen(record, asked, open, rules, moment);
  const unknownMachineIds = record.machineIds.filter((id) => absent.includes(id));
  if (machines.length > 0) return { ...nothing, state: 'enriched', machines, unknownMachineIds, calls };
  // One that has come of age while it was asked for is asked for at once in all its spellings.
  const again = lookAgainAt(record, rules, moment.now) ?? (isWhole ? undefined : moment.now);
  const reason = unknownReason(record);
  if (again === undefined) return { ...nothing, state: 'noMachine', reason, unknownMachineIds, calls };
  const young = `${reason}; the alert is young, and is asked for again`;
  return { kind: 'later', at: again, reason: young, because: 'young', isWhole, calls };
};

/** When to ask again where Defender does not know it; undefined where that counts: this look is its last. */
export const lookAgainAt = (record: AlertRecord, { unknownAfterMs }: JudgingRules, now: number): number | undefined =>
  youngAgainAt(bornAt(record), unknownAfterMs, now);

/** An event may say any time, one to come included. */
const bornAt = ({ raisedAt, receivedAt }: AlertRecord): number => {
  const received = Date.parse(receivedAt);
  const raised = Date.parse(raisedAt ?? receivedAt);
  return Number.isNaN(raised) ? received : Math.min(raised, received);
};

const nothing = { kind: 'ended', machines: [], unknownMachineIds: [], calls: 0 } as const;

const unknownReason = ({ machineIds, alertId }: AlertRecord): string =>
  machineIds.length > 0
    ? `Defender knows no machine ${machineIds.slice(0, 3).join(', ')}${machineIds.length > 3 ? ', …' : ''}`
    : `Defender knows no alert ${alertId}, or not its machine`;

const ofOpen = (
  record: AlertRecord,
  { calls }: AskedMachines,
  open: NonNullable<AskedMachines['open']>,
  rules: JudgingRules,
  moment: Moment,
): Outcome => {
  if (open.kind === 'throttled') {
    const reason = shortReason(`it waits for the quota: ${open.reason}`);
    return { kind: 'later', at: moment.now + open.retryAfterSeconds * 1000, reason, because: 'quota', calls };
  }
  if (open.kind === 'refused') return { ...nothing, state: 'failed', reason: shortReason(open.reason), calls };
  return triedInVain(record, { reason: open.reason, calls }, rules, moment);
};

export type InVain = Pick<Later, 'reason' | 'calls'>;

/** Another try, or the end of all. */
export const triedInVain = (record: AlertRecord, why: InVain, rules: JudgingRules, moment: Moment): Outcome => {
  const tried = record.tries + 1;
  if (tried < rules.mostTries) return tryAgain(record, why, rules, moment);
  return { ...nothing, state: 'failed', reason: shortReason(`after ${tried} tries: ${why.reason}`), calls: why.calls };
};

export const tryAgain = (
  { tries }: AlertRecord,
  { reason, calls }: InVain,
  { retryMs }: JudgingRules,
  { now, random }: Moment,
): Later => {
  const at = now + retryAfter(tries + 1, retryMs, random);
  return { kind: 'later', at, reason: shortReason(reason), because: 'fault', calls };
};
