/**
 * Answers, with as few calls as can be: one that is fresh is given again, a question that is being asked is not asked a second time, in this
 * process or in another, and lookups travel together. When Defender can't be asked, an older answer is given to who allowed it.
 *
 * Answers are kept as Defender gave them, under the question as it is sent; nothing else of a request goes into either.
 */
import type { Clock } from '../clock.ts';
import type { Answer } from '../defender/answer.ts';
import type { Defender } from '../defender/client.ts';
import type { Question } from '../defender/question.ts';
import type { Log } from '../log.ts';
import type { CurrentTrace } from '../trace.ts';
import { createErrands, type Errand } from './errands.ts';
import { type Landing, mostAnswerMs, type Rider, riderOf } from './flight.ts';
import { withinGroups } from './groups/withinGroups.ts';
import { isShareable } from './isShareable.ts';
import { createKeeping } from './keeping.ts';
import type { Lifetimes } from './lifetimes.ts';
import { type Lookup, lookupOf } from './lookup.ts';
import { createLookups } from './lookups.ts';
import type { SharedAnswers } from './sharedAnswers.ts';
import { createSharing } from './sharing.ts';
import type { Told } from './told.ts';
import type { Wish } from './wish.ts';

export interface Machines {
  /**
   * Any of Defender's calls, narrowed to the caller's device groups. Never rejects for what Defender or the stores do.
   *
   * @param travelling where the question is one that travels with others without being an equality, as a host name's is
   */
  ask(question: Question, wish: Wish, travelling?: Lookup): Promise<Told>;
  /** Resolves when what others may want of this process's answers is written. */
  settled(): Promise<void>;
}

export interface MachinesOptions {
  readonly defender: Defender;
  readonly shared: SharedAnswers;
  readonly lifetimes: Lifetimes;
  /** Of all answers kept in this process. */
  readonly memoryBytes: number;
  readonly clock: Clock;
  readonly log: Log;
  /** Of what runs now. */
  readonly trace?: CurrentTrace;
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

/** Another process's call is waited for no longer than this, and no longer than half of who waits can: that process may be gone. */
const mostOthersMs = 10_000;
/** How long others may wait for a call: while it waits for its turn, and a while for the answer. */
const mostClaimMs = 30_000;
const callTakesMs = 5000;

export const createMachines = ({
  defender,
  shared,
  lifetimes,
  memoryBytes,
  clock,
  log,
  trace,
}: MachinesOptions): Machines => {
  const sharing = createSharing({ shared, clock, log });
  const keeping = createKeeping({ sharing, lifetimes, memoryBytes, clock });
  const lookups = createLookups({ ask: defender.ask, addressBytes: defender.addressBytes, clock });
  const errands = createErrands({
    ask: defender.ask,
    lookups,
    clock,
    onOver: (key, { isMine, keptAt }) => isMine && keptAt === undefined && sharing.release(key),
  });

  const usable = ({ key, wish }: Asking): Told | undefined => {
    const known = keeping.look(key, wish.freshness);
    return known.answer ? known : undefined;
  };

  /** Another process's answer, where one has it or is about to; a lookup that travels with others costs nothing, and waits for nobody. */
  const fromOthers = async (asking: Asking, errand: Errand): Promise<Told | undefined> => {
    const { key, question, wish, lookup, rider } = asking;
    if (wish.freshness.isNew || !isShareable(question)) return undefined;
    errand.seen ??= keeping.read(asking);
    const seen = await errand.seen;
    const told = usable(asking);
    if (told || (lookup && lookups.isBusy(lookup))) return told;
    if (seen.askedForMs === undefined) errand.isMine ??= sharing.claim(key, seen, claimMsOf(wish));
    if (await errand.isMine) return undefined;
    errand.later ??= keeping.untilAnswered(asking, mostOthersMs);
    await orTimeIsOver(errand.later, (rider.turnBy - clock.monotonic()) / 2);
    return usable(asking);
  };

  /** Keeps what is worth keeping, once for all who are told. */
  const keep = (asking: Asking, errand: Errand, { answer, sentAt }: Landing): void => {
    if (asking.wish.freshness.noStore || answer.kind !== 'answered') return;
    if (sentAt === undefined || errand.keptAt === sentAt) return;
    const kept = keeping.keep(asking, answer, sentAt);
    if (!kept) return;
    errand.keptAt = sentAt;
    errand.freshFor = kept.freshFor;
  };

  const fromDefender = async (asking: Asking, errand: Errand): Promise<Told> => {
    const landing = await errand.flight.board(asking.rider);
    const { answer, sentAt, isShared, call } = landing;
    const { because } = asking;
    if (sentAt === undefined) return { answer, source: { kind: 'defender', because, isShared, call } };
    if (answer.kind === 'late') void waitOn(asking, errand);
    keep(asking, errand, landing);
    const age = (clock.monotonic() - sentAt) / 1000;
    const freshFor = errand.keptAt === sentAt ? errand.freshFor : undefined;
    return { answer, source: { kind: 'defender', because, age, freshFor, isShared, call } };
  };

  /** The caller is gone, but its call is paid for: somebody may ask the same again. */
  const waitOn = async (asking: Asking, errand: Errand): Promise<void> => {
    if (errand.isWaitedOn) return;
    errand.isWaitedOn = true;
    const rider = { ...asking.rider, answerBy: clock.monotonic() + mostAnswerMs };
    const waited = errands.hold(asking.key, errand, async () => keep(asking, errand, await errand.flight.board(rider)));
    await waited.catch((fault) =>
      log.warn('An answer that nobody waits for any more failed', { fault: String(fault) }),
    );
  };

  const orTimeIsOver = async (waited: Promise<unknown>, mostMs: number): Promise<void> => {
    if (mostMs <= 0) return;
    const over = new AbortController();
    await Promise.race([waited, clock.sleep(mostMs, over.signal)]);
    over.abort();
  };

  const orOlder = ({ key, wish }: Asking, told: Told): Told => {
    const fault = faultOf(told.answer);
    return (fault === undefined ? undefined : keeping.older(key, wish.freshness, fault)) ?? told;
  };

  const onlyKept = async (asking: Asking): Promise<Told> => {
    if (!asking.wish.freshness.isNew) await keeping.read(asking);
    return usable(asking) ?? { answer: { kind: 'notCached' }, source: { kind: 'nowhere' } };
  };

  const ask: Machines['ask'] = async (question, wish, travelling) => {
    const key = keyOf(question);
    const { freshness } = wish;
    const known = keeping.look(key, freshness);
    if (known.answer) return known;
    const lookup = travelling ?? lookupOf(question);
    const rider = { ...riderOf(wish, clock.monotonic()), requestId: trace?.()?.requestId };
    const asking: Asking = { key, question, lookup, wish, rider, because: known.because };
    if (freshness.onlyIfCached) return onlyKept(asking);
    return errands.run(
      { key, question, lookup, freshness },
      async (errand) => (await fromOthers(asking, errand)) ?? orOlder(asking, await fromDefender(asking, errand)),
    );
  };

  return { settled: sharing.settled, ask: withinGroups(ask, clock) };
};

/** What has no hurry is waited for by nobody who may have one: only for as long as a call takes that is under way. */
const claimMsOf = ({ waitMs, priority }: Wish): number =>
  callTakesMs + (priority === 'background' ? 0 : Math.min(waitMs, mostClaimMs));

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
