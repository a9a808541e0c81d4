/** How interactive callers are served: each has the first instant that the limits allow, in the order they came. */
import type { Outcome, Waiting, Want } from './demand.ts';
import { type Closure, type Draft, mostHeld } from './draft.ts';
import { promiseFor, refuse } from './refusal.ts';

export const bookNow = (draft: Draft, wants: readonly Want[]): Outcome[] => {
  const outcomes = wants.map((want) => served(draft, want));
  // Only now, so that nobody is told an instant that goes to somebody who waits for it.
  return outcomes.map((outcome) => outcome ?? refuse(draft, 'interactive'));
};

/** Nothing where the caller can't wait so long. */
const served = (draft: Draft, { notAfter }: Want): Outcome | undefined => {
  const { closure } = draft;
  if (closure?.kind === 'probing') return waiting(draft, closure, notAfter);
  const { at } = draft.placing.earliest('interactive', closure?.from ?? draft.from);
  if (at > notAfter || draft.held.length >= mostHeld) return undefined;
  const promise = promiseFor(draft, 'interactive');
  if (promise) draft.redeem(promise);
  return { kind: 'granted', slot: draft.book('interactive', at) };
};

/** While a probe is under way its answer is worth waiting for: looked for every second. */
export const waiting = ({ from }: Draft, closure: Closure, notAfter: number): Waiting | undefined =>
  closure.from > notAfter
    ? undefined
    : { kind: 'waiting', until: Math.min(closure.from, from + 1000), expected: closure.from };
