/** How interactive callers are served: each has the first instant that the limits allow, in the order they came. */
import type { Outcome, Waiting, Want } from './demand.ts';
import { type Closure, type Draft, mostHeld } from './draft.ts';
import { promiseFor, redeemed, refuse } from './refusal.ts';

export const bookNow = (draft: Draft, wants: readonly Want[]): Outcome[] => {
  const outcomes = wants.map((want) => served(draft, want));
  // Only now, so that nobody is told an instant that goes to somebody who waits for it.
  return outcomes.map((outcome) => outcome ?? refuse(draft, 'interactive'));
};

/** Nothing where the caller can't wait so long. */
const served = (draft: Draft, { notAfter }: Want): Outcome | undefined => {
  const { closure } = draft;
  if (closure?.kind === 'probing') return waiting(draft, closure, notAfter);
  const from = closure?.from ?? draft.from;
  const first = draft.placing.earliest('interactive', from).at;
  const at = first > from ? Math.min(first, asPromised(draft, from, first, notAfter)) : first;
  if (at > notAfter || draft.held.length >= mostHeld) return undefined;
  return { kind: 'granted', slot: draft.book('interactive', at) };
};

/** In the place of one who was told to come: this may be that one, and if not, it is here and the other is not. */
const asPromised = (draft: Draft, from: number, first: number, notAfter: number): number => {
  const promise = promiseFor(draft, 'interactive', first > notAfter ? notAfter : from);
  if (!promise) return first;
  const at = redeemed(draft, promise, 'interactive', from);
  if (at >= first || at > notAfter) draft.promise(promise);
  return at;
};

/** While a probe is under way its answer is worth waiting for: looked for every second. */
export const waiting = ({ from }: Draft, closure: Closure, notAfter: number): Waiting | undefined =>
  closure.from > notAfter
    ? undefined
    : { kind: 'waiting', until: Math.min(closure.from, from + 1000), expected: closure.from };
