/** Questions on their way: whoever asks one that somebody of this process is asking goes along, unless its answer would be too old for him. */
import type { Clock } from '../clock.ts';
import type { Defender } from '../defender/client.ts';
import type { Question } from '../defender/question.ts';
import { createFlight, type Flight } from './flight.ts';
import type { Lookup } from './lookup.ts';
import type { Lookups } from './lookups.ts';
import type { Seen } from './sharedAnswers.ts';
import type { Freshness } from './wish.ts';

/** One question, for all in this process who ask it at this moment. */
export interface Errand {
  readonly flight: Flight;
  /** What all processes have of it, read once. */
  seen?: Promise<Seen>;
  /** Whether it is this process's to ask. */
  isMine?: Promise<boolean>;
  /** What another process made of it. */
  later?: Promise<Seen>;
  /** When the call began whose answer was kept. */
  keptAt?: number;
  /** For how many seconds that was fresh then; undefined where it is not kept in this process. */
  freshFor?: number | undefined;
  /** Somebody waits for the answer of a call whose callers are gone. */
  isWaitedOn?: boolean;
}

export interface Errands {
  /** Has `use` work with the errand of a question. */
  run<T>(asked: Asked, use: (errand: Errand) => Promise<T>): Promise<T>;
  /** The same with an errand that is at hand, which does not end before. */
  hold<T>(key: string, errand: Errand, use: () => Promise<T>): Promise<T>;
}

export interface Asked {
  /** What is one question. */
  readonly key: string;
  readonly question: Question;
  readonly lookup: Lookup | undefined;
  readonly freshness: Freshness;
}

export interface ErrandsOptions {
  readonly ask: Defender['ask'];
  readonly lookups: Lookups;
  readonly clock: Pick<Clock, 'monotonic' | 'sleep'>;
  /** Told of an errand that all have left, unless a newer one of the same question is on its way. */
  readonly onOver: (key: string, errand: Errand) => void;
}

/** A call that has not been answered for so long may never be: whoever comes then asks anew. */
const hangsAfterMs = 3000;

export const createErrands = ({ ask, lookups, clock, onOver }: ErrandsOptions): Errands => {
  const current = new Map<string, Errand>();
  const users = new Map<Errand, number>();

  const isTooOld = ({ sentAt }: Flight, { isNew, maxAge }: Freshness): boolean =>
    sentAt !== undefined && (isNew || clock.monotonic() - sentAt > Math.min(hangsAfterMs, maxAge * 1000));

  const flightOf = (question: Question): Flight =>
    createFlight({ clock, call: question.call, ask: (options) => ask(question.call, () => question, options) });

  const errandFor = ({ key, question, lookup, freshness }: Asked): Errand => {
    const known = current.get(key);
    if (known && !isTooOld(known.flight, freshness)) return known;
    const errand: Errand = { flight: lookup ? lookups.flight(lookup, question) : flightOf(question) };
    current.set(key, errand);
    return errand;
  };

  const leave = (key: string, errand: Errand): void => {
    const left = (users.get(errand) ?? 1) - 1;
    if (left > 0) {
      users.set(errand, left);
      return;
    }
    users.delete(errand);
    if (current.get(key) !== errand) return;
    current.delete(key);
    onOver(key, errand);
  };

  const hold = async <T>(key: string, errand: Errand, use: () => Promise<T>): Promise<T> => {
    users.set(errand, 1 + (users.get(errand) ?? 0));
    try {
      return await use();
    } finally {
      leave(key, errand);
    }
  };

  return {
    hold,
    run(asked, use) {
      const errand = errandFor(asked);
      return hold(asked.key, errand, () => use(errand));
    },
  };
};
