/**
 * Where the next call of a class may go in a ledger.
 *
 * Interactive is bound by the limits, and leaves the lower classes their minimum of the longest window, as far as they want it. A lower class
 * leaves its headroom free in every window, whoever uses it, and goes at its pace; for its minimum it needs neither, so that a flood of
 * others can't starve it.
 */
import { freshForMs } from './freshness.ts';
import { type GuardedWindow, guarded } from './guard.ts';
import type { Entry, LedgerRow, Promised } from './ledgerRow.ts';
import { paced } from './pacing.ts';
import { type ClassRules, longestOf, rulesFor } from './policy.ts';
import { type PriorityClass, rankOf } from './priorityClass.ts';
import { binding, earliest, insert, remove, type Window } from './windows.ts';

export interface Placing {
  readonly windows: readonly GuardedWindow[];
  rules(by: Lower): ClassRules;
  /**
   * Not before `from`. `guaranteed`: it comes by the class's minimum, without headroom. What interactive callers were told binds no interactive
   * caller who is here.
   */
  earliest(by: PriorityClass, from: number): Place;
  /** The same for one who is to be told when to come: beside all that others of its class were told. */
  earliestBeside(by: PriorityClass, from: number): Place;
  /** In place of a promise that was removed: by the limits and headroom alone, because the promise kept to pace or minimum. */
  instead(promise: Promised, by: PriorityClass, from: number): number;
  /** What keeps a call of the class from `from` the longest. */
  binding(by: PriorityClass, from: number): GuardedWindow;
  add(mark: Mark): void;
  remove(mark: Mark): void;
}

/** A call, a slot, or an instant promised to a caller who was refused. */
export type Mark = Entry | Promised;

export interface Place {
  readonly at: number;
  readonly guaranteed: boolean;
}

export type Lower = Exclude<PriorityClass, 'interactive'>;

/** What is booked, as one class sees it: everybody's calls, and instants promised to callers of its own rank and above. */
interface View {
  readonly all: number[];
  readonly own: number[];
  /** The windows less the class's headroom. */
  readonly windows: readonly Window[];
}

type Law = (from: number) => number;

/** As whom one looks: as a class that books, or as interactive callers who are told when to come. */
type Eyes = PriorityClass | 'told';

export const createPlacing = (row: LedgerRow): Placing => {
  const windows = usable(row);
  const marks: Mark[] = [...row.log, ...row.held, ...row.told];
  const views = new Map<Eyes, View>();
  const rules: Record<Lower, ClassRules> = {
    enrichment: rulesFor(row.policy.enrichment, row.limits, 0),
    background: rulesFor(row.policy.background, row.limits, row.burst.calls),
  };

  const share = [interactiveShare(row, windows, rules)];

  const viewOf = (eyes: Eyes): View => {
    const headroom = eyes === 'enrichment' || eyes === 'background' ? rules[eyes].headroom : [];
    const view = views.get(eyes) ?? createView(marks, windows, eyes, headroom);
    views.set(eyes, view);
    return view;
  };

  const interactive = (eyes: Eyes, from: number): Place => {
    const { all, own, windows: less } = viewOf(eyes);
    const learnt = learningLaw(row, windows, all);
    const at = settled([(x) => earliest(all, less, x), (x) => earliest(own, share, x), learnt], from);
    return { at, guaranteed: false };
  };

  /** @param isTold a promise that the minimum allows is kept as one, also where more would be allowed */
  const lower = (by: Lower, from: number, isTold: boolean): Place => {
    const { all, own, windows: less } = viewOf(by);
    const learnt = learningLaw(row, windows, all);
    const { distanceMs, burst, minimum } = rules[by];
    const shared = settled([(x) => earliest(all, less, x), (x) => paced(all, distanceMs, burst, x), learnt], from);
    if (shared === from) return { at: from, guaranteed: false };
    const firm = viewOf('interactive').all;
    const least = settled([(x) => earliest(own, minimum, x), (x) => earliest(firm, windows, x), learnt], from);
    const guaranteed = isTold ? least <= shared : least < shared;
    return guaranteed ? { at: least, guaranteed: true } : { at: shared, guaranteed: false };
  };

  return {
    windows,
    rules: (by) => rules[by],
    earliest: (by, from) => (by === 'interactive' ? interactive(by, from) : lower(by, from, false)),
    earliestBeside: (by, from) => (by === 'interactive' ? interactive('told', from) : lower(by, from, true)),
    instead({ guaranteed }, by, from) {
      const { all, windows: less } = viewOf(by);
      return guaranteed ? earliest(viewOf('interactive').all, windows, from) : earliest(all, less, from);
    },
    binding(by, from) {
      const { all, windows: less } = viewOf(by);
      const found = binding(all, less, from);
      const window = found === undefined ? windows.at(-1) : windows[less.indexOf(found)];
      if (!window) throw new Error('a quota without limits');
      return window;
    },
    add(mark) {
      marks.push(mark);
      onViews(views, mark, insert);
    },
    remove(mark) {
      const place = marks.lastIndexOf(mark);
      if (place < 0) return;
      marks.splice(place, 1);
      onViews(views, mark, remove);
    },
  };
};

/** Of what a class got in the last longest window, it is taken to want a quarter more, and a call for each process and caller that waits. */
const growth = 1.25;

/** How much of the longest window interactive calls may take: all but the minimum of the lower classes, as far as they want it. */
const interactiveShare = (
  { log, held, turns, told }: LedgerRow,
  windows: readonly GuardedWindow[],
  rules: Readonly<Record<Lower, ClassRules>>,
): Window => {
  const wantedBy = (by: Lower) => {
    const had = [...log, ...held].filter((entry) => entry.by === by).length;
    const waiting = [...turns, ...told].filter((each) => each.by === by).length;
    return Math.min(rules[by].minimum.at(-1)?.calls ?? 0, Math.ceil(had * growth) + waiting);
  };
  const { calls = 1, milliseconds = 1 } = windows.at(-1) ?? {};
  return { calls: Math.max(1, calls - wantedBy('enrichment') - wantedBy('background')), milliseconds };
};

/** While a lost ledger is learnt anew, calls of the lost part may be unknown: a twentieth of each window is left for them. */
const usable = ({ limits, timing, learningSince }: LedgerRow): readonly GuardedWindow[] => {
  const windows = guarded(limits, timing);
  if (learningSince === undefined) return windows;
  return windows.map((window) => ({ ...window, calls: Math.max(1, window.calls - Math.ceil(window.calls / 20)) }));
};

const createView = (
  marks: readonly Mark[],
  windows: readonly GuardedWindow[],
  eyes: Eyes,
  headroom: readonly number[],
): View => {
  const slots = marks.filter((mark) => counts(mark, eyes)).sort((a, b) => a.at - b.at);
  return {
    all: slots.map(({ at }) => at),
    own: slots.filter((slot) => slot.by === classOf(eyes)).map(({ at }) => at),
    windows: windows.map(({ calls, milliseconds }, i) => ({
      calls: Math.max(1, calls - (headroom[i] ?? 0)),
      milliseconds,
    })),
  };
};

/**
 * Where the past is unknown, the shortest window counts as spent, and until the longest is known again calls go evenly, without
 * any burst.
 */
const learningLaw = (row: LedgerRow, windows: readonly GuardedWindow[], all: readonly number[]): Law => {
  const { learningSince } = row;
  const [shortest] = windows;
  if (learningSince === undefined || !shortest) return (from) => from;
  const { calls, seconds } = longestOf(row.limits);
  const opens = learningSince + freshForMs(row) + shortest.milliseconds;
  const since = all.filter((at) => at >= learningSince);
  return (from) => paced(since, Math.ceil((seconds * 1000) / calls), 1, Math.max(from, opens));
};

/** The first instant that all laws allow; each answers with an instant >= the one it is given. */
const settled = (laws: readonly Law[], from: number): number => {
  let instant = from;
  for (;;) {
    const before = instant;
    for (const law of laws) instant = law(instant);
    if (instant === before) return instant;
  }
};

const classOf = (eyes: Eyes): PriorityClass => (eyes === 'told' ? 'interactive' : eyes);

/** A promise binds the classes below its own, and those of its own who are told when to come; of a lower class, also those who book. */
const counts = (mark: Mark, eyes: Eyes): boolean => {
  if (!('guaranteed' in mark) || mark.guaranteed) return true;
  return eyes !== 'interactive' && rankOf(mark.by) <= rankOf(classOf(eyes));
};

const onViews = (views: ReadonlyMap<Eyes, View>, mark: Mark, change: (slots: number[], at: number) => void) => {
  for (const [eyes, { all, own }] of views) {
    if (!counts(mark, eyes)) continue;
    change(all, mark.at);
    if (mark.by === classOf(eyes)) change(own, mark.at);
  }
};
