/** What follows from what was asked. Pure. */
import type { AlertRecord } from '../record.ts';
import type { AskedMachines } from './askMachines.ts';
import type { Ended, Later, Outcome } from './outcome.ts';
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
  const { machines, absent, open, calls } = asked;
  if (open && !(open.kind === 'refused' && machines.length > 0)) return ofOpen(record, asked, open, rules, moment);
  const unknownMachineIds = record.machineIds.filter((id) => absent.includes(id));
  if (machines.length > 0) return { ...nothing, state: 'enriched', machines, unknownMachineIds, calls };
  const again = youngAgainAt(bornAt(record), rules.unknownAfterMs, moment.now);
  const reason = unknownReason(record);
  if (again !== undefined) {
    return {
      kind: 'later',
      at: again,
      reason: `${reason}; the alert is young, and is asked for again`,
      isTry: false,
      calls,
    };
  }
  return { ...nothing, state: 'noMachine', reason, unknownMachineIds, calls };
};

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
  { tries }: AlertRecord,
  { calls }: AskedMachines,
  open: NonNullable<AskedMachines['open']>,
  { retryMs, mostTries }: JudgingRules,
  { now, random }: Moment,
): Ended | Later => {
  if (open.kind === 'throttled') {
    const reason = `it waits for the quota: ${open.reason}`;
    return { kind: 'later', at: now + open.retryAfterSeconds * 1000, reason, isTry: false, calls };
  }
  const tried = tries + 1;
  if (open.kind === 'refused') return { ...nothing, state: 'failed', reason: open.reason, calls };
  if (tried >= mostTries) {
    return { ...nothing, state: 'failed', reason: `after ${tried} tries: ${open.reason}`, calls };
  }
  return { kind: 'later', at: now + retryAfter(tried, retryMs, random), reason: open.reason, isTry: true, calls };
};
