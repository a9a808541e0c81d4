/**
 * How the lower classes are served: a quantum at a time, not far ahead, process by process in turn.
 *
 * Not far ahead, so that a higher class never waits long behind what they hold, and a crash loses little. By quanta, so that many calls
 * share one write. What comes to a class by its guaranteed minimum is booked at once, as far ahead as it lies.
 */
import { waiting } from './bookNow.ts';
import type { Outcome, Waiting, Want } from './demand.ts';
import { type Draft, mostHeld } from './draft.ts';
import type { Entry } from './ledgerRow.ts';
import type { Lower, Place } from './placing.ts';
import { backWithinMs, promiseFor, refuse } from './refusal.ts';
import { aheadOf, evict, join, leave, usualDistanceMs } from './turns.ts';

export const bookByTurn = (draft: Draft, by: Lower, wants: readonly Want[]): Outcome[] => {
  const { closure } = draft;
  if (wants.length === 0) return [];
  if (closure?.kind === 'probing') {
    return wants.map(({ notAfter }) => waiting(draft, closure, notAfter) ?? refuse(draft, by));
  }
  const outcomes = new Map<Want, Outcome>();
  const isOpen = (want: Want) => !outcomes.has(want);
  let taken: ReadonlyMap<Want, Outcome>;
  do {
    taken = takeTurn(draft, by, wants.filter(isOpen));
    for (const [want, outcome] of taken) outcomes.set(want, outcome);
  } while (taken.size > 0 && !draft.closure && aheadOf(draft.turns, draft.owner, by) === 0 && wants.some(isOpen));
  for (const want of wants.filter(isOpen)) {
    const promised = asPromised(draft, by, want);
    if (promised) outcomes.set(want, promised);
  }
  const next = wants.some(isOpen) ? nextTurn(draft, by, wants.filter(isOpen).length) : undefined;
  for (const want of wants.filter(isOpen)) {
    outcomes.set(want, next && next.expected <= want.notAfter ? next : refuse(draft, by));
  }
  standInLine(draft, by, [...outcomes.values()]);
  return wants.map((want) => outcomes.get(want) ?? refuse(draft, by));
};

/** A quantum, if it is this process's turn and close enough. Nothing where it is not. */
const takeTurn = (draft: Draft, by: Lower, wants: readonly Want[]): ReadonlyMap<Want, Outcome> => {
  const { from, owner, placing } = draft;
  const { quantum, horizonMs, claimMs } = placing.rules(by);
  const places = tried(draft, by, Math.min(wants.length, quantum));
  const ahead = aheadOf(draft.turns, owner, by);
  const isNear = ({ at }: Place) => at <= from + horizonMs;
  const isMine = (places[0]?.at ?? 0) <= from + claimMs || (ahead === 0 && places.every(isNear));
  const bookable = places.filter((place) => place.guaranteed || (isMine && isNear(place)));
  const granted = new Map<Want, Outcome>();
  for (const { at, guaranteed } of bookable) {
    const want = wants.find((each) => at <= each.notAfter && !granted.has(each));
    if (!want || draft.held.length >= mostHeld) break;
    granted.set(want, { kind: 'granted', slot: draft.book(by, at, guaranteed) });
    if (draft.closure) break;
  }
  if (granted.size > 0 && isMine) draft.line(leave(evict(draft.turns, owner, by, missedTurns(draft, by)), owner, by));
  return granted;
};

/** How many turns went by since the class's last slot: theirs who stand first and did not take them. */
const missedTurns = (draft: Draft, by: Lower): number => {
  const rules = draft.placing.rules(by);
  const row = draft.row();
  const before = [...row.log, ...row.held].filter((entry) => entry.by === by && entry.at < draft.from);
  const idleMs = draft.from - (before.at(-1)?.at ?? draft.from);
  return 1 + Math.floor(idleMs / (rules.quantum * usualDistanceMs(row, by, rules)));
};

/** Where the next calls would go. */
const tried = ({ from, placing, closure }: Draft, by: Lower, count: number): readonly Place[] => {
  const places: Place[] = [];
  const slots: Entry[] = [];
  for (let i = 0; i < count; i++) {
    const place = placing.earliest(by, closure?.from ?? from);
    const slot = { at: place.at, by };
    places.push(place);
    slots.push(slot);
    placing.add(slot);
  }
  for (const slot of slots) placing.remove(slot);
  return places;
};

/** Whoever comes when somebody was told to come is taken for that one, out of turn. */
const asPromised = (draft: Draft, by: Lower, { notAfter }: Want): Outcome | undefined => {
  const promise = draft.closure?.kind === 'probing' ? undefined : promiseFor(draft, by);
  if (!promise) return undefined;
  const from = draft.closure?.from ?? draft.from;
  draft.redeem(promise);
  const at = Math.min(
    draft.placing.earliest(by, from).at,
    draft.placing.instead(promise, by, Math.max(from, promise.at - backWithinMs)),
  );
  return at <= notAfter ? { kind: 'granted', slot: draft.book(by, at, promise.guaranteed) } : undefined;
};

/** No process waits longer than so many turns before it looks again. */
const mostTurns = 16;

/** When this process will have its next turn, if those before it take theirs. */
const nextTurn = (draft: Draft, by: Lower, count: number): Waiting => {
  const { from, owner, placing } = draft;
  const rules = placing.rules(by);
  const { quantum, horizonMs, claimMs } = rules;
  const places = tried(draft, by, Math.min(count, quantum));
  const [first, last] = [places[0]?.at ?? from, places.at(-1)?.at ?? from];
  const ahead = aheadOf(draft.turns, owner, by);
  const turnMs = quantum * usualDistanceMs(draft.row(), by, rules);
  const alone = Math.min(last - horizonMs, first - claimMs);
  const until = ahead === 0 ? alone : Math.max(from, last - horizonMs) + ahead * turnMs;
  const soonest = from + Math.ceil(claimMs / 2);
  const latest = from + mostTurns * quantum * claimMs;
  return { kind: 'waiting', until: Math.min(latest, Math.max(soonest, until)), expected: first };
};

/** In line as long as callers of the class wait here. */
const standInLine = (draft: Draft, by: Lower, outcomes: readonly Outcome[]): void => {
  const waits = outcomes.some(({ kind }) => kind === 'waiting');
  draft.line((waits ? join : leave)(draft.turns, draft.owner, by));
};
