/**
 * How a quota stands, from one version of its ledger: what was used, what is left, when the next call of each class may go. It is
 * what a round would find at that moment, so what is told here is what would happen.
 */
import { createDraft, type Draft } from './draft.ts';
import { type GuardedWindow, guarded } from './guard.ts';
import type { Version } from './ledger.ts';
import type { Entry, LedgerRow } from './ledgerRow.ts';
import type { Payer, PriorityClass } from './priorityClass.ts';
import { settle } from './settle.ts';
import { earliest, type Window } from './windows.ts';

export interface Standing {
  readonly limits: readonly LimitStanding[];
  /** When one more call of each class may go: milliseconds of the store's clock, `now` at the earliest. */
  readonly nextFree: Readonly<Record<PriorityClass, number>>;
  readonly closed: Closed | undefined;
  /** Slots that are booked and not yet sent. */
  readonly booked: number;
  /** Processes that wait for their turn to book. */
  readonly turns: number;
}

export interface LimitStanding {
  readonly name: string;
  readonly calls: number;
  readonly seconds: number;
  /** Calls in the window that ends now, as Defender counts them. */
  readonly used: number;
  readonly usedBy: Readonly<Record<Payer, number>>;
  /**
   * How many calls could go now, as far as this limit is concerned. With `used` it may make less than `calls`: windows are planned a
   * little longer than they are, and what is booked is no longer free.
   */
  readonly left: number;
  /** Until one more is left; 0 where all are. */
  readonly resetsInSeconds: number;
}

/** Why calls do not go, or not freely, and until when. */
export interface Closed {
  readonly because: 'blocked' | 'probing' | 'learning';
  /** Milliseconds of the store's clock. */
  readonly until: number;
}

/** @param now milliseconds of the store's clock */
export const standingOf = (version: Version, now: number): Standing => {
  const moment = momentOf(version, now);
  const { row, nextFree } = moment;
  return {
    limits: limitsOf(moment),
    nextFree: {
      interactive: nextFree('interactive'),
      enrichment: nextFree('enrichment'),
      background: nextFree('background'),
    },
    closed: moment.closed,
    booked: row.held.filter(({ at }) => at > moment.now).length,
    turns: row.turns.length,
  };
};

/** The limits alone, which is what every answer tells. */
export const limitsAt = (version: Version, now: number): readonly LimitStanding[] => limitsOf(momentOf(version, now));

/** How a limit is called: by its length. */
export const limitName = ({ seconds }: { readonly seconds: number }): string =>
  ({ 60: 'minute', 3600: 'hour' })[seconds] ?? `${seconds}s`;

/** A version of a ledger as it is to be read at one instant. */
interface Moment {
  readonly now: number;
  readonly row: LedgerRow;
  readonly closed: Closed | undefined;
  nextFree(by: PriorityClass): number;
}

const momentOf = (version: Version, asked: number): Moment => {
  const now = Math.max(asked, version.stampedAt);
  const row = settle({ ...version, stampedAt: now }, '', []);
  // Only where it is needed: a draft orders every call for each class.
  let drafted: Draft | undefined;
  const draft = () => {
    drafted ??= createDraft(row, '', 0, now);
    return drafted;
  };
  const closure = row.block && draft().closure;
  return {
    now,
    row,
    closed: closure ? { because: becauseOf[closure.kind], until: closure.from } : learningOf(row),
    nextFree: (by) => draft().placing.earliest(by, closure?.from ?? now).at,
  };
};

const becauseOf = { probe: 'blocked', probing: 'probing' } as const;

const learningOf = ({ learningSince, limits, timing }: LedgerRow): Closed | undefined => {
  const longest = guarded(limits, timing).at(-1)?.milliseconds ?? 0;
  return learningSince === undefined ? undefined : { because: 'learning', until: learningSince + longest };
};

const limitsOf = ({ row, now, closed, nextFree }: Moment): readonly LimitStanding[] => {
  const promised = row.told.filter(({ guaranteed }) => guaranteed);
  const calls = [...row.log, ...row.held];
  const slots = [...calls, ...promised].map(({ at }) => at).sort((a, b) => a - b);
  const opens = closed && nextFree('interactive');
  return guarded(row.limits, row.timing).map((window) => {
    const free = leftAt(slots, window, now);
    const room =
      opens === undefined ? { left: free, until: nextLeft(slots, window, free, now) } : ajar(opens, free, now);
    return {
      name: limitName(window.limit),
      ...window.limit,
      ...usedWithin(calls, window, now),
      left: room.left,
      resetsInSeconds: Math.ceil((room.until - now) / 1000),
    };
  });
};

/** A quota that was closed lets one call through at a time, until it is open again. */
const ajar = (opens: number, free: number, now: number): { readonly left: number; readonly until: number } =>
  opens > now ? { left: 0, until: opens } : { left: Math.min(1, free), until: now + 1000 };

const usedWithin = (calls: readonly Entry[], { limit }: GuardedWindow, now: number) => {
  const usedBy = { interactive: 0, enrichment: 0, background: 0, foreign: 0 };
  let used = 0;
  for (const { at, by } of calls) {
    if (at <= now - limit.seconds * 1000 || at > now) continue;
    used += 1;
    usedBy[by] += 1;
  }
  return { used, usedBy };
};

/** How many more slots at `now` break no window: what the fullest of those that hold `now` has free. */
const leftAt = (slots: readonly number[], { calls, milliseconds }: Window, now: number): number => {
  let fullest = 0;
  let end = 0;
  const near = slots.filter((slot) => slot > now - milliseconds && slot < now + milliseconds);
  const starts = near.filter((slot) => slot <= now);
  for (const [i, start] of [...starts, now].entries()) {
    while ((near[end] ?? Number.POSITIVE_INFINITY) < start + milliseconds) end += 1;
    fullest = Math.max(fullest, end - i);
  }
  return Math.max(0, calls - fullest);
};

/** The first instant at which more are left than `left`. */
const nextLeft = (slots: readonly number[], { calls, milliseconds }: Window, left: number, now: number): number =>
  left >= calls ? now : earliest(slots, [{ calls: calls - left, milliseconds }], now);
