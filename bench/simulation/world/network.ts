/**
 * The way from a process to the store: it takes its time; answers are lost, with or without the write; writes are delivered twice,
 * or long after their sender gave them up; and at times there is no store at all.
 */
import { type Ledger, LostAnswer } from '../../../src/quota/ledger.ts';
import type { Draws } from '../draws.ts';
import type { VirtualTime } from '../time/virtualTime.ts';
import type { Crossing, Mortal } from './mortal.ts';

export interface NetworkOptions {
  /** Of all questions, how many are not answered. */
  readonly lostShare: number;
  /** Of all writes, how many arrive twice. */
  readonly doubledShare: number;
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
  conflicts: number;
}

/** How long the adapter waits for an answer. */
const answerWithinMs = 2000;

type Question = 'reads' | 'writes' | 'stamps';

/** What becomes of a question: nothing of it, done and never told, or done after the sender gave up. */
type Fate = 'answered' | 'lost' | 'unanswered' | 'late';

export const farLedger = (
  ledger: Ledger,
  time: VirtualTime,
  draws: Draws,
  mortal: Mortal,
  options: NetworkOptions,
  count: StoreCount,
): Ledger => {
  const wayMs = () => 3 + 6 * draws.random() + (draws.chance(0.004) ? 200 * draws.random() : 0);
  const isOut = () => options.outages.some(({ from, to }) => time.now >= from * 1000 && time.now < to * 1000);
  const fateOf = (question: Question): Fate => {
    if (!draws.chance(options.lostShare)) return 'answered';
    return question === 'writes' ? draws.pick(['lost', 'unanswered', 'unanswered', 'late']) : 'lost';
  };

  const ask = <T>(question: Question, crossings: Crossings, serve: () => Promise<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      if (mortal.island.isDead) return;
      count[question] += 1;
      const fate = fateOf(question);
      const isDoubled = question === 'writes' && draws.chance(options.doubledShare);
      const fail = (afterMs: number) => time.after(afterMs, () => reject(faultOf(question)), mortal.island);
      const failSome = (backMs: number) => fail(draws.chance(0.5) ? backMs : answerWithinMs);
      const arrive = async () => {
        const backMs = wayMs();
        if (isOut() || fate === 'lost') return failSome(backMs);
        const answer = await serve();
        mortal.reach(crossings.done);
        if (fate === 'answered') time.after(backMs, () => resolve(answer), mortal.island);
        if (fate === 'unanswered') failSome(backMs);
      };
      if (mortal.reach(crossings.asked)) return;
      const outMs = wayMs();
      if (fate === 'late') fail(answerWithinMs);
      time.after(fate === 'late' ? draws.between(1000, 8000) : outMs, () => void arrive());
      if (isDoubled) time.after(outMs + draws.between(1, 3000), () => void (isOut() || serve()));
      mortal.reach(crossings.left);
    });

  return {
    read: () => ask('reads', { asked: 'beforeRead', left: 'readLeft', done: 'readDone' }, () => ledger.read()),
    swap: (from, next) =>
      ask('writes', { asked: 'beforeWrite', left: 'writeLeft', done: 'writeDone' }, async () => {
        const swap = await ledger.swap(from, next);
        if (swap.kind === 'overtaken') count.conflicts += 1;
        return swap;
      }),
    stamp: () => ask('stamps', { asked: 'beforeRead', left: 'readLeft', done: 'readDone' }, () => ledger.stamp()),
  };
};

interface Crossings {
  readonly asked: Crossing;
  readonly left: Crossing;
  readonly done: Crossing;
}

const faultOf = (question: Question): Error =>
  question === 'writes' ? new LostAnswer('no answer to a write') : new Error('no answer to a question');
