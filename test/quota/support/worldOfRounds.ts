/**
 * Several processes that play rounds on one ledger, and a judge with a memory of its own: it knows every slot that was ever granted
 * and not given back, however old, and holds each new one against the law.
 */
import * as fc from 'fast-check';
import type { Demand } from '../../../src/quota/demand.ts';
import type { Feedback } from '../../../src/quota/feedback.ts';
import { guarded } from '../../../src/quota/guard.ts';
import type { Version } from '../../../src/quota/ledger.ts';
import type { HeldSlot, LedgerRow } from '../../../src/quota/ledgerRow.ts';
import type { Lower } from '../../../src/quota/placing.ts';
import { plan } from '../../../src/quota/plan.ts';
import { rulesFor } from '../../../src/quota/policy.ts';
import { type Payer, type PriorityClass, priorityClasses, rankOf } from '../../../src/quota/priorityClass.ts';
import { isCrowdedAt, now, rowOf, slotsIn, versionOf } from './ledgerRows.ts';

/** What one process does in one round; waits and pauses are parts of the longest window. */
export interface Step {
  readonly owner: number;
  readonly pause: number;
  readonly wants: readonly { readonly by: PriorityClass; readonly wait: number }[];
  /** It gives back this one of the slots that it has still to send, if it has so many. */
  readonly givesBack: number;
  /** What its last sent call was answered. */
  readonly answer: 'none' | 'throttled' | 'open';
}

const part = fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.double({ min: 0, max: 0.3, noNaN: true }));

export const steps = fc.array(
  fc.record<Step>({
    owner: fc.nat({ max: 3 }),
    pause: part,
    wants: fc.array(fc.record({ by: fc.constantFrom(...priorityClasses), wait: part }), { maxLength: 12 }),
    givesBack: fc.nat({ max: 8 }),
    answer: fc.oneof(
      { weight: 12, arbitrary: fc.constant('none' as const) },
      fc.constantFrom('throttled' as const, 'open' as const),
    ),
  }),
  { minLength: 5, maxLength: 30 },
);

/** @returns what broke the law, in words; nothing where all is well */
export const playedWorld = (limits: string, played: readonly Step[], start: Partial<LedgerRow> = {}): string[] => {
  let version: Version = versionOf(rowOf(limits, start));
  let granted = version.row.log.map((call, number): HeldSlot => ({ ...call, owner: 'nobody', number }));
  const longest = (version.row.limits.at(-1)?.seconds ?? 0) * 1000;
  const numbers = new Map<string, number>();
  const faults: string[] = [];
  let instant = now;

  for (const { owner: which, pause, wants, givesBack, answer } of played) {
    instant += Math.round(pause * longest);
    const owner = `p${which}`;
    const ofOwner = granted.filter((slot) => slot.owner === owner);
    const unsent = ofOwner.filter(({ at }) => at > instant);
    const sent = ofOwner.filter(({ at }) => at <= instant).at(-1);
    const released = unsent.slice(givesBack, givesBack + 1).map(({ number }) => number);
    const demand: Demand = {
      owner,
      writer: `${owner}.${version.row.seq}`,
      nextNumber: numbers.get(owner) ?? 1,
      wants: wants.map(({ by, wait }) => ({ by, notAfter: instant + Math.round(wait * longest) })),
      released,
      feedback: sent ? feedbackOf(answer, sent, instant) : [],
      told: [],
      from: instant,
    };
    const { next, outcomes } = plan(version, demand);
    granted = granted.filter((slot) => slot.owner !== owner || !released.includes(slot.number));
    const booked = slotsIn(outcomes);
    faults.push(...faultsOf(version.row, next, demand, booked, granted));
    granted = [...granted, ...booked];
    numbers.set(owner, (numbers.get(owner) ?? 1) + wants.length);
    version = { row: next, etag: `"${next.seq}"`, stampedAt: instant };
  }
  return faults;
};

const feedbackOf = (answer: Step['answer'], slot: HeldSlot, at: number): Feedback[] => {
  if (answer === 'none') return [];
  return answer === 'open'
    ? [{ kind: 'open', slot }]
    : [{ kind: 'throttled', slot, at, throttled: { retryAfterSeconds: 1 } }];
};

const faultsOf = (
  before: LedgerRow,
  next: LedgerRow,
  { owner, nextNumber, wants, released, from }: Demand,
  booked: readonly HeldSlot[],
  granted: readonly HeldSlot[],
): string[] => {
  const faults: string[] = [];
  const say = (isFault: boolean, fault: string) => {
    if (isFault) faults.push(fault);
  };
  const windows = guarded(next.limits, next.timing);
  const foreign = next.log.filter(({ by }) => by === 'foreign').map(({ at }) => at);
  const all = [...granted, ...booked].map(({ at }) => at);
  for (const slot of booked) {
    say(slot.at < from, `${slot.by} has a slot before the round`);
    say(slot.owner !== owner, 'a slot of somebody else');
    say(slot.number < nextNumber || slot.number >= nextNumber + wants.length, 'a number that is not its own');
    for (const window of windows)
      say(
        isCrowdedAt([...all, ...foreign], window, slot.at),
        `${slot.by} breaks ${window.calls} in ${window.milliseconds}`,
      );
    say(
      !leavesHeadroom(next, slot, booked, granted) &&
        !isMinimum(next, slot, booked, granted) &&
        !wasPromised(before, slot),
      `${slot.by} takes headroom`,
    );
  }
  say(new Set(booked.map(({ number }) => number)).size < booked.length, 'a number is used twice');
  const kept = before.held.filter((slot) => slot.owner !== owner || !released.includes(slot.number));
  const left = kept.filter(
    ({ at, by, owner, number }) =>
      !next.held.some((each) => each.owner === owner && each.number === number && each.at === at) &&
      !next.log.some((each) => at < from && each.at === at && each.by === by),
  );
  say(left.length > 0, 'a slot has left that its owner did not give back');
  return faults;
};

/** Slots of a round are booked class by class, each in order: what was booked before this one. */
const bookedBefore = (slot: HeldSlot, booked: readonly HeldSlot[]): readonly HeldSlot[] =>
  booked.filter(({ by, number }) => rankOf(by) < rankOf(slot.by) || (by === slot.by && number < slot.number));

const leavesHeadroom = (
  row: LedgerRow,
  slot: HeldSlot,
  booked: readonly HeldSlot[],
  granted: readonly HeldSlot[],
): boolean => {
  if (!isLower(slot.by)) return true;
  const { headroom } = rulesFor(row.policy[slot.by], row.limits, row.burst.calls);
  const instants = [...granted, ...bookedBefore(slot, booked), slot].map(({ at }) => at);
  return guarded(row.limits, row.timing).every(
    ({ calls, milliseconds }, i) =>
      !isCrowdedAt(instants, { calls: calls - (headroom[i] ?? 0), milliseconds }, slot.at),
  );
};

const isLower = (by: Payer): by is Lower => by === 'enrichment' || by === 'background';

/** It comes in place of a promise that came by the minimum. */
const wasPromised = ({ told }: LedgerRow, { at, by }: HeldSlot): boolean =>
  told.some((promise) => promise.guaranteed && promise.by === by && Math.abs(promise.at - at) <= 2000);

const isMinimum = (
  row: LedgerRow,
  slot: HeldSlot,
  booked: readonly HeldSlot[],
  granted: readonly HeldSlot[],
): boolean => {
  if (!isLower(slot.by)) return false;
  const { minimum } = rulesFor(row.policy[slot.by], row.limits, row.burst.calls);
  const own = [...granted, ...bookedBefore(slot, booked)].filter(({ by }) => by === slot.by);
  const instants = [...own, slot].map(({ at }) => at);
  return minimum.every((window) => !isCrowdedAt(instants, window, slot.at));
};
