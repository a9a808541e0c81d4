/**
 * One round with the ledger: read it (unless the newest version is our own and fresh), plan, write on its ETag.
 *
 * A write whose answer was lost is settled before anything else happens: the same write is tried again on the same ETag,
 * which can succeed only once, and if somebody was faster the ledger itself tells whether that somebody was us.
 */
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import { within } from '../within.ts';
import type { Timing } from './guard.ts';
import { type Ledger, LostAnswer, type Swap, type Version } from './ledger.ts';
import type { HeldSlot, LedgerRow } from './ledgerRow.ts';
import { type Limit, printLimits } from './limits.ts';
import { type Demand, type Outcome, type Plan, plan } from './plan.ts';
import { recovered } from './recovered.ts';
import type { ServerClock } from './serverClock.ts';

export type RoundResult =
  | { readonly kind: 'done'; readonly outcomes: readonly Outcome[] }
  | { readonly kind: 'overtaken' };

/** A demand whose instants are still those of this process. */
export interface Wanted extends Omit<Demand, 'from' | 'notAfter'> {
  /** For each caller, in the order they came: the last instant of use, by the monotonic clock. */
  readonly deadlines: readonly number[];
}

export interface Rounds {
  /** The newest version this process has read or written. */
  readonly seen: Version | undefined;
  readonly timing: Timing;
  /** @throws what the ledger throws */
  play(wanted: Wanted): Promise<RoundResult>;
}

export interface RoundsOptions {
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly log: Log;
  readonly time: ServerClock;
  /** This process's setting. It goes into the ledger once, at this process's first round; from then on the ledger decides. */
  readonly limits: readonly Limit[];
  readonly timing: Timing;
}

const ownVersionIsFreshForMs = 2000;
const settleTries = 3;
/** A little longer than the adapter gives itself. */
const storeAnswersWithinMs = 2500;

export const createRounds = ({ ledger, clock, log, time, limits, timing }: RoundsOptions): Rounds => {
  let known: Version | undefined;
  let seen: Version | undefined;
  let ownSince = Number.NEGATIVE_INFINITY;
  let writeTakesMs = 0;
  let proposed = false;
  let announced = printLimits(limits);

  const bounded = <T>(asked: Promise<T>): Promise<T> =>
    within(clock, storeAnswersWithinMs, asked, () => new LostAnswer('the store does not answer'));

  const learnTime = async () => {
    if (time.isTrusted()) return;
    const sentAt = clock.monotonic();
    time.learn(await bounded(ledger.stamp()), sentAt, clock.monotonic());
  };

  const newest = async (): Promise<{ stored: Version | undefined; base: Version }> => {
    const isFresh = clock.monotonic() - ownSince < ownVersionIsFreshForMs;
    const stored = isFresh ? known : await bounded(ledger.read());
    seen = stored ?? seen;
    const stampedAt = stored?.stampedAt ?? time.now().earliest;
    const isSetBack = known !== undefined && known.row.seq > (stored?.row.seq ?? -1);
    if (isSetBack)
      log.error('The quota ledger was lost or set back', { known: known?.row.seq, found: stored?.row.seq });
    const kept = isSetBack && known ? recovered(known.row, stored?.row, stampedAt) : stored?.row;
    const row = kept ?? emptyRow(limits, timing);
    return {
      stored,
      base: { row: proposed ? row : withLimits(row, limits, timing, stampedAt), etag: stored?.etag ?? '', stampedAt },
    };
  };

  /** The process that started last has set the limits for all: the others should say so. */
  const announce = (row: LedgerRow) => {
    const inForce = printLimits(row.limits);
    if (inForce !== announced) log.warn('The ledger has other limits now', { inForce, before: announced });
    announced = inForce;
  };

  const write = async (stored: Version | undefined, made: Plan): Promise<Swap> => {
    const mine = made.outcomes.find((outcome) => outcome.kind === 'granted')?.slot;
    let open = false;
    for (let tries = 1; ; tries++) {
      const sentAt = clock.monotonic();
      try {
        const swap = await bounded(ledger.swap(stored, made.next));
        if (swap.kind === 'overtaken') return open && mine ? await lookFor(mine) : swap;
        const answeredAt = clock.monotonic();
        time.learn(swap.version.stampedAt, sentAt, answeredAt);
        writeTakesMs += (answeredAt - sentAt - writeTakesMs) / 4;
        return swap;
      } catch (fault) {
        if (!(fault instanceof LostAnswer) || tries === settleTries) throw fault;
        open = true;
      }
    }
  };

  const lookFor = async (mine: HeldSlot): Promise<Swap> => {
    const version = await bounded(ledger.read());
    const isThere = version?.row.held.some(({ owner, number }) => owner === mine.owner && number === mine.number);
    return version && isThere ? { kind: 'written', version } : { kind: 'overtaken' };
  };

  return {
    get seen() {
      return seen;
    },
    get timing() {
      return known?.row.timing ?? timing;
    },
    async play({ deadlines, ...demand }) {
      await learnTime();
      const { stored, base } = await newest();
      const now = time.now().latest;
      const from = now + Math.ceil(Math.min(writeTakesMs, base.row.timing.sendSlackMs));
      const notAfter = deadlines.map((deadline) => now + Math.floor(deadline - clock.monotonic()));
      const made = plan(base, { ...demand, notAfter, from });
      ownSince = Number.NEGATIVE_INFINITY;
      const swap = await write(stored, made);
      if (swap.kind === 'overtaken') return swap;
      known = swap.version;
      seen = known;
      announce(known.row);
      ownSince = clock.monotonic();
      proposed = true;
      return { kind: 'done', outcomes: made.outcomes };
    },
  };
};

const emptyRow = (limits: readonly Limit[], timing: Timing): LedgerRow => ({
  seq: 0,
  limits,
  timing,
  log: [],
  held: [],
  told: [],
});

/**
 * The same ledger under other limits. Of calls before its longest window it knows nothing, so where a new window is longer, its
 * whole quota counts as spent at the edge of what is known.
 */
const withLimits = (row: LedgerRow, limits: readonly Limit[], timing: Timing, stampedAt: number): LedgerRow => {
  const knownSince = stampedAt - Math.max(...row.limits.map(({ seconds }) => seconds * 1000));
  const unknown = limits.filter(({ seconds }) => stampedAt - seconds * 1000 < knownSince).map(({ calls }) => calls);
  const spent = Array<number>(Math.max(0, ...unknown)).fill(knownSince);
  return { ...row, limits, timing, log: [...spent, ...row.log].sort((a, b) => a - b) };
};
