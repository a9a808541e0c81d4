/**
 * What a caller is told who can't wait for its turn. Nothing firm is booked for it: the instant that it was told is kept free for a moment
 * of lower classes and of others who are told, so that callers who are refused together and obey all get through. Whoever is here and
 * waits goes before who is not.
 */
import type { Draft } from './draft.ts';
import type { LedgerRow, Promised } from './ledgerRow.ts';
import type { Limit } from './limits.ts';
import type { PriorityClass } from './priorityClass.ts';
import { toldForMs } from './settle.ts';

/** How long to stay away: whole seconds, at least 1, and after what other refused callers were told. */
export interface Refused {
  readonly kind: 'refused';
  readonly retryAfterSeconds: number;
  /** The limit that rules it. */
  readonly limit: Limit;
  /** The quota is spent; Defender asked for a pause; or the ledger is new, and what was called before is not known. */
  readonly because: 'spent' | 'blocked' | 'learning';
}

/** A caller who obeys is back at most this long after the second it was told; its instant is kept for the later end. */
export const backWithinMs = 500;
/** It may be this much too early. */
const earlyMs = 1000;
/** So many promises are kept for each class; they fit in one text of the store. */
const mostTold: Readonly<Record<PriorityClass, number>> = { interactive: 192, enrichment: 48, background: 48 };

/** Refuses, and keeps the instant free for whoever comes back then. */
export const refuse = (draft: Draft, by: PriorityClass): Refused => {
  const { from, placing, closure } = draft;
  const promise = firstKept(draft, by);
  const retryAfterSeconds = (promise.at - backWithinMs - from) / 1000;
  if (draft.told.filter((told) => told.by === by).length < mostTold[by]) draft.promise(promise);
  return {
    kind: 'refused',
    retryAfterSeconds,
    limit: placing.binding(by, from).limit,
    because: reasonOf(draft.row(), closure !== undefined),
  };
};

/** The first whole second whose later end, for whoever obeys, the law allows beside all that was promised before. */
const firstKept = ({ from, placing, closure }: Draft, by: PriorityClass): Promised => {
  const first = placing.earliestBeside(by, closure?.from ?? from).at;
  let at = from + Math.max(1, Math.ceil((first - from) / 1000)) * 1000 + backWithinMs;
  for (;;) {
    const place = placing.earliestBeside(by, at);
    if (place.at === at) return { at, by, guaranteed: place.guaranteed };
    at += Math.ceil((place.at - at) / 1000) * 1000;
  }
};

/** What was promised for about now to a caller of this class: this may be that caller. */
export const promiseFor = ({ told, from }: Draft, by: PriorityClass): Promised | undefined =>
  told
    .filter((entry) => entry.by === by && entry.at >= from - toldForMs && entry.at <= from + earlyMs)
    .sort((a, b) => a.at - b.at)[0];

const reasonOf = ({ learningSince }: LedgerRow, isClosed: boolean): Refused['because'] => {
  if (isClosed) return 'blocked';
  return learningSince === undefined ? 'spent' : 'learning';
};
