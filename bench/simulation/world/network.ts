/**
 * The way from a process to the store: it takes its time; answers are lost, with or without the write; writes are delivered twice,
 * or long after their sender gave them up; and at times there is no store at all.
 */
import { type Ledger, LostAnswer, type Swap, type Version } from '../../../src/quota/ledger.ts';
import type { LedgerRow } from '../../../src/quota/ledgerRow.ts';
import type { Draws } from '../draws.ts';
import type { VirtualTime } from '../time/virtualTime.ts';
import type { Crossing, Mortal } from './mortal.ts';

export interface NetworkOptions {
  /** Of all questions, how many are not answered. */
  readonly lostShare: number;
  /** Of all writes, how many arrive twice. */
  readonly doubledShare: number;
  /** How many times as long the way takes as it usually does: there and back in 12 ms, mostly. */
  readonly slowness: number;
  readonly outages: readonly Outage[];
}

/** Seconds since the start. */
export interface Outage {
  readonly from: number;
  readonly to: number;
}

/** What was asked of the store, by all processes. */
export interface StoreCount {
  reads: number;
  writes: number;
  stamps: number;
  /** Writes that were refused, because somebody else had written. */
  conflicts: number;
}

/** How long the adapter waits for an answer. */
const answerWithinMs = 2000;

/** What becomes of a question: answered; not heard; heard and not answered; heard after its sender gave up. */
type Fate = 'answered' | 'lost' | 'unanswered' | 'late';

type Asked = Exclude<keyof StoreCount, 'conflicts'>;

/** One process's way. */
export const farLedger = (
  ledger: Ledger,
  time: VirtualTime,
  draws: Draws,
  mortal: Mortal,
  options: NetworkOptions,
  count: StoreCount,
): Ledger => {
  const { island } = mortal;
  const wayMs = () => options.slowness * (3 + 6 * draws.random()) + (draws.chance(0.004) ? 200 * draws.random() : 0);
  const isOut = () => options.outages.some(({ from, to }) => time.now >= from * 1000 && time.now < to * 1000);
  const fateOf = (asked: Asked): Fate => {
    if (!draws.chance(options.lostShare)) return 'answered';
    return asked === 'writes' ? draws.pick(['lost', 'unanswered', 'unanswered', 'late']) : 'lost';
  };

  /** Leaves the process, is served at the store, and comes back: the crossings are where the process may die meanwhile. */
  const ask = <T>(asked: Asked, [before, left, done]: Way, serve: () => Promise<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      if (mortal.reach(before)) return;
      count[asked] += 1;
      const fate = fateOf(asked);
      const outMs = fate === 'late' ? draws.between(1000, 8000) : wayMs();
      const fail = (afterMs: number) => time.after(afterMs, () => reject(faultOf(asked)), island);
      const arrive = async () => {
        const backMs = wayMs();
        const isHeard = !isOut() && fate !== 'lost';
        const answer = isHeard ? await serve() : undefined;
        mortal.reach(done);
        if (answer && fate === 'answered') time.after(backMs, () => resolve(answer), island);
        else if (fate !== 'late') fail(draws.chance(0.5) ? backMs : answerWithinMs);
      };
      if (fate === 'late') fail(answerWithinMs);
      time.after(outMs, () => void arrive());
      mortal.reach(left);
    });

  const swap = async (from: Version | undefined, next: LedgerRow): Promise<Swap> => {
    const swapped = await ledger.swap(from, next);
    if (swapped.kind === 'overtaken') count.conflicts += 1;
    if (draws.chance(options.doubledShare)) {
      time.after(draws.between(1, 3000), () => void (isOut() || ledger.swap(from, next)));
    }
    return swapped;
  };

  return {
    read: async () => (await ask('reads', readWay, async () => ({ version: await ledger.read() }))).version,
    swap: (from, next) => ask('writes', writeWay, () => swap(from, next)),
    stamp: async () => (await ask('stamps', readWay, async () => ({ stampedAt: await ledger.stamp() }))).stampedAt,
  };
};

type Way = readonly [before: Crossing, left: Crossing, done: Crossing];

const readWay: Way = ['beforeRead', 'readLeft', 'readDone'];
const writeWay: Way = ['beforeWrite', 'writeLeft', 'writeDone'];

const faultOf = (asked: Asked): Error =>
  asked === 'writes' ? new LostAnswer('no answer to a write') : new Error('no answer to a question');
