/**
 * One round with the ledger: plan on the newest version, write it on its ETag.
 *
 * The newest version is read, unless this process wrote it and nobody else has been writing of late. Where the version it
 * saw a moment ago already tells that nothing is to be had, nothing is asked of the store at all.
 */
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { Demand, Outcome, Want } from './demand.ts';
import type { Timing } from './guard.ts';
import type { Version } from './ledger.ts';
import type { LedgerRow, Promised } from './ledgerRow.ts';
import { printLimits } from './limits.ts';
import { emptyRow, proposed, type QuotaSettings } from './newLedger.ts';
import { type Plan, plan } from './plan.ts';
import type { PriorityClass } from './priorityClass.ts';
import { epochOf, isSetBack, recovered } from './recovered.ts';
import type { ServerClock } from './serverClock.ts';
import type { Store } from './store.ts';

export type RoundResult =
  | { readonly kind: 'done'; readonly outcomes: readonly Outcome[] }
  | { readonly kind: 'overtaken' };

/** A demand whose instants are still those of this process. */
export interface Wanted extends Omit<Demand, 'from' | 'wants' | 'told' | 'writer'> {
  readonly wants: readonly LocalWant[];
}

export interface LocalWant {
  readonly by: PriorityClass;
  /** The last instant of use, by the monotonic clock. */
  readonly deadline: number;
}

export interface Rounds {
  /** The newest version this process has read or written. */
  readonly seen: Version | undefined;
  /** Since when, by the monotonic clock. */
  readonly seenAt: number;
  readonly timing: Timing;
  /** How long a write takes of late, in milliseconds. */
  readonly writeTakesMs: number;
  /** @throws what the ledger throws */
  play(wanted: Wanted): Promise<RoundResult>;
  /** The same on the version seen last, without the store: for callers who can't wait any longer. Undefined before there is one. */
  guess(wants: readonly LocalWant[]): readonly Outcome[] | undefined;
  /** Reads the newest version. @throws what the ledger throws */
  look(): Promise<void>;
}

export interface RoundsOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly time: ServerClock;
  readonly random: () => number;
  /** This process's settings. They go into the ledger once, at this process's first round; from then on the ledger decides. */
  readonly quota: QuotaSettings;
}

interface Newest {
  readonly stored: Version | undefined;
  /** It is not what this process knew before, nor what came of that. */
  readonly isLost: boolean;
}

/** A slot lies no sooner than a write takes, or it would be late when its own write is answered. */
const slowestWriteMs = 2500;
/** A version seen so long ago still tells that nothing is to be had. */
const guessedForMs = 2000;
/** So many writes in that time may be for refused callers alone. */
const mostTellings = 4;
/** How long a version of one's own is taken for the newest: while nobody else writes, and while others do. */
const aloneForMs = 10 * 60_000;
const amongOthersForMs = 500;

export const createRounds = ({ store, clock, log, time, random, quota }: RoundsOptions): Rounds => {
  /** What this process builds on, should the ledger be lost. */
  let known: LedgerRow | undefined;
  let own: { version: Version; at: number } | undefined;
  let ownForMs = aloneForMs;
  let seen: { version: Version; at: number } | undefined;
  let told: readonly Promised[] = [];
  /** When refusals were written of late, by the monotonic clock. */
  let toldAt: number[] = [];
  let rounds = 0;
  let hasProposed = false;
  let announced = printLimits(quota.limits);

  const see = (version: Version) => {
    if (version.etag !== own?.version.etag) own = undefined;
    seen = { version, at: clock.monotonic() };
    if (!known || !isSetBack(known, version.row)) known = version.row;
    const inForce = printLimits(version.row.limits);
    if (hasProposed && inForce !== announced)
      log.warn('The ledger has other limits now', { inForce, before: announced });
    announced = inForce;
  };

  /** An answer that was overtaken by a newer one on its way says nothing. */
  const isStale = (version: Version | undefined, before: LedgerRow | undefined) =>
    known !== undefined && known !== before && isSetBack(known, version?.row);

  const newest = async (): Promise<Newest | undefined> => {
    const before = known;
    if (own && clock.monotonic() - own.at < ownForMs) return { stored: own.version, isLost: false };
    const mine = own?.version.etag;
    const stored = await store.read();
    if (isStale(stored, before)) return undefined;
    ownForMs = mine !== undefined && stored?.etag === mine ? aloneForMs : amongOthersForMs;
    if (stored) see(stored);
    return { stored, isLost: before !== undefined && isSetBack(before, stored?.row) };
  };

  /** What is planned on: the stored version, with what this process knows and others may not. */
  const base = ({ stored, isLost }: Newest): { version: Version; isChanged: boolean } => {
    const stampedAt = stored?.stampedAt ?? time.now().earliest;
    const epoch = epochOf(Math.max(time.now().latest, (known?.notBefore ?? 0) + 1), random());
    if (isLost) log.error('The quota ledger was lost or set back', { known: known?.seq, found: stored?.row.seq });
    const kept = isLost && known ? recovered(known, stored?.row, time.now().latest, epoch) : stored?.row;
    const row = kept ?? emptyRow(quota, epoch, stampedAt);
    const changed = hasProposed ? row : proposed(row, quota, stampedAt);
    return {
      version: { row: changed, etag: stored?.etag ?? '', stampedAt },
      isChanged: changed !== stored?.row,
    };
  };

  const planned = (version: Version, { wants, ...demand }: Wanted): Plan => {
    const now = time.now().latest;
    const from = now + Math.ceil(Math.min(store.writeTakesMs, slowestWriteMs));
    const local = clock.monotonic();
    const later = wants.map(({ by, deadline }): Want => ({ by, notAfter: now + Math.floor(deadline - local) }));
    rounds += 1;
    const writer = `${demand.owner}.${rounds.toString(36)}`;
    return plan(version, { ...demand, writer, wants: later, told, from });
  };

  /**
   * Callers who are refused in several processes are to hear instants apart, so what they are told is written; in a storm of them
   * it waits for the next write.
   */
  const mayTell = ({ outcomes }: Plan) => {
    const now = clock.monotonic();
    toldAt = toldAt.filter((at) => at > now - guessedForMs);
    return outcomes.some(({ kind }) => kind === 'refused') && toldAt.length < mostTellings;
  };

  /** The outcomes, where the version seen a moment ago says that there is nothing to write. */
  const unwritten = (wanted: Wanted): readonly Outcome[] | undefined => {
    if (!seen || !hasProposed || clock.monotonic() - seen.at > guessedForMs) return undefined;
    if (known && isSetBack(known, seen.version.row)) return undefined;
    const made = planned(seen.version, wanted);
    return made.mustWrite || mayTell(made) ? undefined : remembered(made, seen.version);
  };

  /** What was told goes into the ledger with the next write. */
  const remembered = ({ next, outcomes }: Plan, { row }: Version): readonly Outcome[] => {
    told = next.told.filter((entry) => !row.told.includes(entry));
    return outcomes;
  };

  return {
    get seen() {
      return seen?.version;
    },
    get seenAt() {
      return seen?.at ?? Number.NEGATIVE_INFINITY;
    },
    get writeTakesMs() {
      return store.writeTakesMs;
    },
    get timing() {
      return seen?.version.row.timing ?? quota.timing;
    },
    async play(wanted) {
      await store.learnTime();
      const nothing = unwritten(wanted);
      if (nothing) return { kind: 'done', outcomes: nothing };
      const found = await newest();
      if (!found) return { kind: 'overtaken' };
      const { version, isChanged } = base(found);
      const made = planned(version, wanted);
      const tells = mayTell(made);
      if (!made.mustWrite && !isChanged && !tells) return { kind: 'done', outcomes: remembered(made, version) };
      if (tells) toldAt.push(clock.monotonic());
      own = undefined;
      const swap = await store.write(found.stored, made.next);
      if (swap.kind === 'overtaken') return swap;
      own = { version: swap.version, at: clock.monotonic() };
      known = swap.version.row;
      told = [];
      see(swap.version);
      hasProposed = true;
      return { kind: 'done', outcomes: made.outcomes };
    },
    guess(wants) {
      if (!seen || !time.isTrusted()) return undefined;
      const made = planned(seen.version, { owner: '', nextNumber: 0, released: [], feedback: [], wants });
      return remembered(made, seen.version);
    },
    async look() {
      const before = known;
      const version = await store.read();
      if (version && !isStale(version, before)) see(version);
    },
  };
};
