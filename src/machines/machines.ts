/**
 * Answers, with as few calls as can be: one that is fresh is given again, a question that is being asked is not asked a second time, in this
 * process or in another, and lookups travel together. When Defender can't be asked, an older answer is given to who allowed it.
 *
 * Answers are kept as Defender gave them, under the question as it is sent; nothing else of a request goes into either.
 */
import type { Clock } from '../clock.ts';
import type { Answer, Answered } from '../defender/answer.ts';
import type { Defender } from '../defender/client.ts';
import type { Question } from '../defender/question.ts';
import type { Log } from '../log.ts';
import { createErrands, type Errand } from './errands.ts';
import { type Landing, type Rider, riderOf } from './flight.ts';
import { isShareable } from './isShareable.ts';
import { isGoodEnough, judge } from './judge.ts';
import { createKeptAnswers, type Kept } from './keptAnswers.ts';
import { lifetimeOf } from './lifetimeOf.ts';
import type { Lifetimes } from './lifetimes.ts';
import { type Lookup, lookupOf } from './lookup.ts';
import { createLookups } from './lookups.ts';
import type { Seen, SharedAnswers } from './sharedAnswers.ts';
import { createSharing } from './sharing.ts';
import type { Told } from './told.ts';
import { usualFreshness, type Wish } from './wish.ts';

export interface Machines {
  /**
   * Any of Defender's calls. Never rejects for what Defender or the stores do.
   *
   * @param travelling where the question is one that travels with others without being an equality, as a host name's is
   */
  ask(question: Question, wish: Wish, travelling?: Lookup): Promise<Told>;
}

export interface MachinesOptions {
  readonly defender: Defender;
  readonly shared: SharedAnswers;
  readonly lifetimes: Lifetimes;
  /** Of all answers kept in this process. */
  readonly memoryBytes: number;
  readonly clock: Clock;
  readonly log: Log;
}

interface Asking {
  readonly key: string;
  readonly question: Question;
  readonly lookup: Lookup | undefined;
  readonly wish: Wish;
  readonly rider: Rider;
  /** Why no kept answer would do. */
  readonly because: 'miss' | 'stale' | 'request';
}

/** Another process's call is waited for no longer than this. */
const mostOthersMs = 5000;
/** A call whose caller is gone. */
const mostAnswerMs = 60_000;

export const createMachines = ({ defender, shared, lifetimes, memoryBytes, clock, log }: MachinesOptions): Machines => {
  const kept = createKeptAnswers(memoryBytes);
  const sharing = createSharing({ shared, clock, log });
  const lookups = createLookups({ ask: defender.ask, addressBytes: defender.addressBytes, clock });
  const errands = createErrands({
    ask: defender.ask,
    lookups,
    clock,
    onOver: (key, { isMine, keptAt }) => isMine && keptAt === undefined && sharing.release(key),
  });

  const secondsSince = (instant: number): number => (clock.monotonic() - instant) / 1000;

  const fromCache = ({ answered, sentAt, lifetime }: Kept, insteadOf?: string): Told => {
    const age = secondsSince(sentAt);
    return { answer: answered, source: { kind: 'cache', age, freshFor: lifetime - age, insteadOf } };
  };

  const aged = ({ sentAt, lifetime }: Kept) => ({ age: secondsSince(sentAt), lifetime });

  /** What may be given to this caller without asking Defender. */
  const usable = ({ key, wish }: Asking): Told | undefined => {
    const known = kept.get(key);
    return known && judge(aged(known), wish.freshness) === 'usable' ? fromCache(known) : undefined;
  };

  const remember = ({ key, question }: Asking, answered: Answered, sentAt: number): boolean =>
    kept.keep(key, { answered, sentAt, lifetime: lifetimeOf(question, answered, lifetimes) });

  /** Keeps what another process saved. */
  const adopt = (asking: Asking, seen: Seen): Seen => {
    const { answer } = seen;
    if (answer) remember(asking, answer.answered, clock.monotonic() - answer.ageMs);
    return seen;
  };

  const look = async (asking: Asking): Promise<Seen> => adopt(asking, await sharing.read(asking.key));

  /** Another process's answer, where one has it or is about to; a lookup that travels with others costs nothing, and waits for nobody. */
  const fromOthers = async (asking: Asking, errand: Errand): Promise<Told | undefined> => {
    const { key, question, wish, lookup, rider } = asking;
    if (wish.freshness.isNew || !isShareable(question)) return undefined;
    errand.seen ??= look(asking);
    const seen = await errand.seen;
    const told = usable(asking);
    if (told || (lookup && lookups.isBusy(lookup))) return told;
    if (seen.askedForMs === undefined) errand.isMine ??= sharing.claim(key, seen);
    if (await errand.isMine) return undefined;
    const mostMs = Math.min(mostOthersMs, (rider.answerBy - clock.monotonic()) / 2);
    errand.later ??= sharing.untilAnswered(key, mostMs).then((later) => adopt(asking, later));
    await errand.later;
    return usable(asking);
  };

  /** Keeps what is worth keeping, once for all who were told. @returns whether it is kept here */
  const keep = (asking: Asking, errand: Errand, { answer, sentAt = 0 }: Landing): boolean => {
    if (asking.wish.freshness.noStore || answer.kind !== 'answered' || ![200, 404].includes(answer.status))
      return false;
    if (errand.keptAt === sentAt) return kept.get(asking.key)?.sentAt === sentAt;
    errand.keptAt = sentAt;
    if (isShareable(asking.question)) sharing.save(asking.key, answer, sentAt);
    return remember(asking, answer, sentAt);
  };

  const fromDefender = async (asking: Asking, errand: Errand): Promise<Told> => {
    const landing = await errand.flight.board(asking.rider);
    const { answer, sentAt, isShared, call } = landing;
    const { because } = asking;
    if (sentAt === undefined) return { answer, source: { kind: 'defender', because, isShared, call } };
    if (answer.kind === 'late') void rideOn(asking);
    const age = secondsSince(sentAt);
    const isKept = keep(asking, errand, landing) && answer.kind === 'answered';
    const freshFor = isKept ? lifetimeOf(asking.question, answer, lifetimes) - age : undefined;
    return { answer, source: { kind: 'defender', because, age, freshFor, isShared, call } };
  };

  /** The caller is gone, but its call is paid for. */
  const rideOn = (asking: Asking): Promise<unknown> =>
    errands.run({ ...asking, freshness: usualFreshness }, async (errand) =>
      keep(asking, errand, await errand.flight.board({ ...asking.rider, answerBy: clock.monotonic() + mostAnswerMs })),
    );

  /** An older answer in place of none, for who allowed it. */
  const orOlder = ({ key, wish }: Asking, told: Told): Told => {
    const known = kept.get(key);
    const fault = faultOf(told.answer);
    return known && fault !== undefined && isGoodEnough(aged(known), wish.freshness) ? fromCache(known, fault) : told;
  };

  const onlyKept = async (asking: Asking): Promise<Told> => {
    if (!asking.wish.freshness.isNew) await look(asking);
    return usable(asking) ?? { answer: { kind: 'notCached' }, source: { kind: 'nowhere' } };
  };

  return {
    async ask(question, wish, travelling) {
      const key = keyOf(question);
      const known = kept.get(key);
      const verdict = known ? judge(aged(known), wish.freshness) : 'miss';
      if (known && verdict === 'usable') return fromCache(known);
      const because = verdict === 'usable' ? 'miss' : verdict;
      const rider = riderOf(wish, clock.monotonic());
      const lookup = travelling ?? lookupOf(question);
      const asking: Asking = { key, question, lookup, wish, rider, because };
      if (wish.freshness.onlyIfCached) return onlyKept(asking);
      return errands.run(
        { ...asking, freshness: wish.freshness },
        async (errand) => (await fromOthers(asking, errand)) ?? orOlder(asking, await fromDefender(asking, errand)),
      );
    },
  };
};

/** What is one question: whose it is and how it is sent. */
const keyOf = ({ call, path, query }: Question): string => `${call.service} ${path}${query}`;

/** Why an answer is none; undefined where it is one, good news or bad. */
const faultOf = (answer: Answer): string | undefined => {
  switch (answer.kind) {
    case 'throttled':
      return answer.message;
    case 'closed':
    case 'unreachable':
    case 'late':
      return answer.reason;
    case 'notCached':
      return undefined;
    case 'answered':
      return answer.status >= 500 ? `Defender answered ${answer.status}` : undefined;
  }
};
