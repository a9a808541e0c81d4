/** What is known already: kept in this process, or read from what all processes share; and what of it will do for whom. */
import type { Clock } from '../clock.ts';
import type { Answered } from '../defender/answer.ts';
import type { Question } from '../defender/question.ts';
import { isKeepable } from './isKeepable.ts';
import { isShareable } from './isShareable.ts';
import { type Aged, isGoodEnough, judge } from './judge.ts';
import { createKeptAnswers, type Kept, mostKeptBytes } from './keptAnswers.ts';
import { lifetimeOf } from './lifetimeOf.ts';
import type { Lifetimes } from './lifetimes.ts';
import type { Lookup } from './lookup.ts';
import type { Seen } from './sharedAnswers.ts';
import type { Sharing } from './sharing.ts';
import type { Told } from './told.ts';
import type { Freshness } from './wish.ts';

export interface Keeping {
  /** What will do without asking Defender, or why nothing will. */
  look(key: string, freshness: Freshness): Told | Unusable;
  /** What will do in place of an answer that can't be had; undefined where nothing will. @param fault why it can't */
  older(key: string, freshness: Freshness, fault: string): Told | undefined;
  /** Reads what all processes share, and keeps it here. */
  read(asked: AskedFor): Promise<Seen>;
  /** The same, when another process's answer is there, or it asks no more, or the time is over. */
  untilAnswered(asked: AskedFor, mostMs: number): Promise<Seen>;
  /**
   * Keeps an answer here and for all processes, where it is good news or says that nothing is there.
   *
   * @param sentAt when its call began, by the monotonic clock
   * @returns undefined where it is not worth keeping
   */
  keep(asked: AskedFor, answered: Answered, sentAt: number): KeptNow | undefined;
}

export interface KeptNow {
  /** For how many seconds it is fresh; undefined where it is too large to be kept here. */
  readonly freshFor: number | undefined;
}

export interface AskedFor {
  readonly key: string;
  readonly question: Question;
  readonly lookup: Lookup | undefined;
}

export interface Unusable {
  readonly answer?: undefined;
  /** There is nothing, it is stale, or the caller wants a newer one. */
  readonly because: 'miss' | 'stale' | 'request';
}

export interface KeepingOptions {
  readonly sharing: Sharing;
  readonly lifetimes: Lifetimes;
  /** Of all answers kept in this process. */
  readonly memoryBytes: number;
  readonly clock: Pick<Clock, 'monotonic'>;
}

export const createKeeping = ({ sharing, lifetimes, memoryBytes, clock }: KeepingOptions): Keeping => {
  const answers = createKeptAnswers(memoryBytes);

  const aged = ({ sentAt, lifetime }: Kept): Aged => ({ age: (clock.monotonic() - sentAt) / 1000, lifetime });

  const told = (kept: Kept, insteadOf?: string): Told => {
    const { age, lifetime } = aged(kept);
    return { answer: kept.answered, source: { kind: 'cache', age, freshFor: lifetime - age, insteadOf } };
  };

  const remember = (asked: AskedFor, answered: Answered, sentAt: number): Kept | undefined => {
    const kept = { answered, sentAt, lifetime: lifetimeOf(asked, answered, lifetimes) };
    return answers.keep(asked.key, kept) ? kept : undefined;
  };

  const adopt = (asked: AskedFor, seen: Seen): Seen => {
    const { answer } = seen;
    if (answer) remember(asked, answer.answered, clock.monotonic() - answer.ageMs);
    return seen;
  };

  return {
    look(key, freshness) {
      const kept = answers.get(key);
      if (!kept) return { because: 'miss' };
      const verdict = judge(aged(kept), freshness);
      return verdict === 'usable' ? told(kept) : { because: verdict };
    },
    older(key, freshness, fault) {
      const kept = answers.get(key);
      return kept && isGoodEnough(aged(kept), freshness) ? told(kept, fault) : undefined;
    },
    read: async (asked) => adopt(asked, await sharing.read(asked.key)),
    untilAnswered: async (asked, mostMs) => adopt(asked, await sharing.untilAnswered(asked.key, mostMs)),
    keep(asked, answered, sentAt) {
      const isLarge = answered.body.byteLength > mostKeptBytes;
      if (![200, 404].includes(answered.status) || (!isLarge && !isKeepable(answered))) return undefined;
      if (isShareable(asked.question)) sharing.save(asked.key, answered, sentAt);
      const kept = remember(asked, answered, sentAt);
      return { freshFor: kept && kept.lifetime - aged(kept).age };
    },
  };
};
