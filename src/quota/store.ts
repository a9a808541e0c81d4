/**
 * The ledger as a round uses it: bounded in time, counted, and with every write settled.
 *
 * A write whose answer was lost is settled before anything else happens: the same write is tried again on the same ETag,
 * which can succeed only once, and if somebody was faster the ledger itself tells whether that somebody was us.
 */
import type { Clock } from '../clock.ts';
import { within } from '../within.ts';
import { type Ledger, LostAnswer, type Swap, type Version } from './ledger.ts';
import type { LedgerRow } from './ledgerRow.ts';
import type { ServerClock } from './serverClock.ts';

/** Operations on the store since the start; `writes` holds those that were overtaken (`conflicts`), too. */
export interface Transactions {
  readonly reads: number;
  readonly writes: number;
  readonly stamps: number;
  readonly conflicts: number;
  /** Writes whose answer was lost, and those of them whose outcome is known by now. */
  readonly ambiguous: number;
  readonly settled: number;
}

export interface Store {
  readonly transactions: Transactions;
  /** How long a write takes of late, in milliseconds. */
  readonly writeTakesMs: number;
  /** Asks the store for its time, unless the clock is trusted. */
  learnTime(): Promise<void>;
  read(): Promise<Version | undefined>;
  /** @throws LostAnswer where nobody can tell any more whether it was written */
  write(from: Version | undefined, next: LedgerRow): Promise<Swap>;
}

const settleTries = 3;
/** A little longer than the adapter gives itself. */
const answersWithinMs = 2500;

export const createStore = (ledger: Ledger, clock: Clock, time: ServerClock): Store => {
  const count = { reads: 0, writes: 0, stamps: 0, conflicts: 0, ambiguous: 0, settled: 0 };
  let writeTakesMs = 0;

  const bounded = <T>(asked: Promise<T>): Promise<T> =>
    within(clock, answersWithinMs, asked, () => new LostAnswer('the store does not answer'));

  const read = () => {
    count.reads += 1;
    return bounded(ledger.read());
  };

  const once = async (from: Version | undefined, next: LedgerRow): Promise<Swap> => {
    const sent = time.start();
    count.writes += 1;
    const swap = await bounded(ledger.swap(from, next));
    if (swap.kind === 'overtaken') return swap;
    time.learn(swap.version.stampedAt, sent);
    writeTakesMs += (clock.monotonic() - sent.at - writeTakesMs) / 4;
    return swap;
  };

  /** Somebody wrote since. After a lost answer that may have been us. */
  const whoWrote = async (next: LedgerRow): Promise<Swap> => {
    const version = await read();
    if (!version || version.row.epoch !== next.epoch || version.row.seq < next.seq) return { kind: 'overtaken' };
    const { seq, writers } = version.row;
    const writer = writers.at(next.seq - seq - 1);
    if (writer === undefined) throw new LostAnswer('others have written too often since to tell who wrote');
    return writer === next.writers.at(-1) ? { kind: 'written', version } : { kind: 'overtaken' };
  };

  return {
    transactions: count,
    get writeTakesMs() {
      return writeTakesMs;
    },
    async learnTime() {
      if (time.isTrusted()) return;
      const sent = time.start();
      count.stamps += 1;
      time.learn(await bounded(ledger.stamp()), sent);
      if (!time.isTrusted()) throw new LostAnswer('this machine stood still while it asked the store for the time');
    },
    read,
    async write(from, next) {
      let lost = 0;
      for (;;) {
        try {
          const tried = await once(from, next);
          const swap = tried.kind === 'overtaken' && lost > 0 ? await whoWrote(next) : tried;
          if (lost > 0) count.settled += 1;
          if (swap.kind === 'overtaken') count.conflicts += 1;
          return swap;
        } catch (fault) {
          if (!(fault instanceof LostAnswer)) throw fault;
          if (lost === 0) count.ambiguous += 1;
          lost += 1;
          if (lost === settleTries) throw fault;
        }
      }
    },
  };
};
