/**
 * One round, as a pure function: the newest ledger and what this process wants, to the next ledger and who got what.
 *
 * Why no window can break: every slot is placed by `earliest` against all slots, held ones included; a slot leaves the
 * ledger only when its owner gives it back unsent, or by age (`settle.ts`); and no new slot lies before the store's time of the
 * version it is planned on.
 */
import { bookByTurn } from './bookByTurn.ts';
import { bookNow } from './bookNow.ts';
import type { Demand, Outcome, Want } from './demand.ts';
import { createDraft } from './draft.ts';
import { learnt } from './feedback.ts';
import type { Version } from './ledger.ts';
import type { LedgerRow } from './ledgerRow.ts';
import { priorityClasses } from './priorityClass.ts';
import { settle } from './settle.ts';

export interface Plan {
  readonly next: LedgerRow;
  /** One for each want of the demand. */
  readonly outcomes: readonly Outcome[];
  /** Something changed that others must see. What was told to refused callers can wait for the next write. */
  readonly mustWrite: boolean;
}

/** So many of the last writers are told apart. */
const remembered = 32;

export const plan = (version: Version, demand: Demand): Plan => {
  const { owner, nextNumber, released, feedback, wants } = demand;
  const settled = settle(version, owner, released);
  const ground = learnt({ ...settled, told: [...settled.told, ...demand.told] }, feedback);
  const draft = createDraft(ground, owner, nextNumber, Math.max(demand.from, settled.notBefore));
  const outcomes = new Map<Want, Outcome>();
  for (const by of priorityClasses) {
    const ofClass = wants.filter((want) => want.by === by);
    const answers = by === 'interactive' ? bookNow(draft, ofClass) : bookByTurn(draft, by, ofClass);
    for (const [i, answer] of answers.entries()) outcomes.set(ofClass[i] as Want, answer);
  }
  if (demand.leaves) draft.line(draft.turns.filter((turn) => turn.owner !== owner));
  const next = draft.row();
  return {
    next: { ...next, seq: version.row.seq + 1, writers: [...version.row.writers, demand.writer].slice(-remembered) },
    outcomes: wants.map((want) => outcomes.get(want) as Outcome),
    mustWrite:
      next.held !== ground.held || next.turns !== version.row.turns || released.length > 0 || feedback.length > 0,
  };
};
