/**
 * The way to Defender: for each attempt a permit of the quota and exactly one call.
 *
 * The token is at hand before the permit is asked for, because a permit is good for a moment only.
 */
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { Throttled } from '../quota/feedback.ts';
import type { Gate } from '../quota/gate.ts';
import type { PriorityClass } from '../quota/priorityClass.ts';
import { type CurrentTrace, type Trace, traceparentOf } from '../trace.ts';
import { within } from '../within.ts';
import type { Answer } from './answer.ts';
import { answerOf, noToken, notSent } from './answerOf.ts';
import { type Attempt, attempt } from './attempt.ts';
import type { Call, Service } from './call.ts';
import { limitNamed, readDefenderError } from './defenderError.ts';
import type { Get } from './get.ts';
import type { Question } from './question.ts';
import { decideRetry, type Ending } from './retry.ts';
import type { Token } from './token.ts';

export interface Defender {
  /**
   * Never rejects for what Defender does; every outcome is an answer.
   *
   * @param question asked for when a call is about to be sent, so that what came meanwhile can travel with it
   */
  ask(call: Call, question: () => Question, options: AskOptions): Promise<Answer>;
  /** The length of the address that the question is sent to. */
  addressBytes(question: Question): number;
}

export interface AskOptions {
  /** How long the turn is waited for; less a little that is kept for the answer to travel. */
  readonly waitMs: number;
  /** How long the answer is waited for, retries and the quota included; `waitMs` unless told. */
  readonly answerMs?: number;
  readonly priority: PriorityClass;
  /** Told of each call as it goes to Defender; retries are calls. */
  readonly onSent?: () => void;
  /** Aborted where the answer is of no use any more: what is not sent then is not sent at all. */
  readonly signal?: AbortSignal | undefined;
  /** The requests that it is asked for, its own first; asked for when a call is about to be sent. */
  readonly askedBy?: () => readonly string[];
}

export interface ClientOptions {
  readonly services: Readonly<Record<Service, { readonly baseUrl: string; readonly token: Token }>>;
  readonly gateOf: (call: Call) => Gate;
  readonly get: Get;
  readonly clock: Clock;
  readonly log: Log;
  /** Of what runs now. Each call goes out as a part of it. */
  readonly trace?: CurrentTrace | undefined;
  readonly random?: () => number;
}

const userAgent = 'defender-machine-gateway';
/** Of the caller's time, kept for the answer to travel when a turn is waited for. */
const keptForAnswerMs = 1000;
/** A caller who can't wait for its turn still gets the answer, if that comes within. */
const leastAnswerMs = 5000;
/** One attempt may not use up a long wait alone. */
const mostAttemptMs = 60_000;

export const createDefender = ({
  services,
  gateOf,
  get,
  clock,
  log,
  trace,
  random = Math.random,
}: ClientOptions): Defender => {
  const addressOf = ({ call, path, query }: Question): string => services[call.service].baseUrl + path + query;

  /** One permit, one attempt. */
  const once = (
    call: Call,
    question: () => Question,
    options: AskOptions,
    bearer: string,
    { turnBy, answerBy }: Deadlines,
  ) => {
    const { priority, signal } = options;
    const headers = headersOf(bearer, trace?.());
    return gateOf(call).pass({ waitMs: turnBy - clock.monotonic(), priority, signal }, async () => {
      options.onSent?.();
      const askedBy = options.askedBy?.() ?? [];
      const asked = question();
      const made = await attempt({
        get,
        clock,
        url: addressOf(asked),
        headers,
        withinMs: Math.min(mostAttemptMs, Math.max(0, answerBy - clock.monotonic())),
        mostBytes: call.mostBytes,
      });
      return { value: { made, answer: answerOf(asked, made), askedBy }, throttled: throttledOf(made) };
    });
  };

  const bearerOf = async (token: Token, { answerBy }: Deadlines): Promise<string | Answer> => {
    const leftMs = answerBy - clock.monotonic();
    return within(clock, leftMs, token.get(), () => new Error('none came in time')).catch((fault) =>
      noToken(fault, log),
    );
  };

  return {
    addressBytes: (question) => addressOf(question).length,
    async ask(call, question, options) {
      const deadlines = deadlinesOf(options, clock.monotonic());
      const { token } = services[call.service];
      let before: Answer | undefined;
      let hasRefreshedToken = false;
      for (let attempts = 1; ; attempts++) {
        const bearer = await bearerOf(token, deadlines);
        if (typeof bearer !== 'string') return bearer;
        const passage = await once(call, question, options, bearer, deadlines);
        if (passage.kind !== 'sent') return before ?? notSent(passage);
        const { made, answer, askedBy } = passage.value;
        before = answer;
        if (askedBy.length > 1)
          log.info('A call was made for several requests', { call: call.name, requests: listed(askedBy) });
        if (refusesUs(made)) log.warn('Defender refused the gateway itself', { call: call.name, status: made.status });
        const leftMs = deadlines.turnBy - clock.monotonic();
        const decision = decideRetry(endingOf(made), { attempts, hasRefreshedToken, leftMs, random: random() });
        if (decision.kind === 'done') return answer;
        if (decision.refreshToken) token.refused(bearer);
        hasRefreshedToken ||= decision.refreshToken;
        log.info('Defender is asked again', { call: call.name, attempts, afterMs: Math.round(decision.afterMs) });
        await clock.sleep(decision.afterMs);
      }
    },
  };
};

interface Deadlines {
  /** By when the turn must have come. */
  readonly turnBy: number;
  /** By when the answer must be there. */
  readonly answerBy: number;
}

const deadlinesOf = ({ waitMs, answerMs = answerTime(waitMs) }: AskOptions, now: number): Deadlines => ({
  turnBy: now + waitMs - Math.min(keptForAnswerMs, waitMs / 4),
  answerBy: now + answerMs,
});

/** How long an answer is waited for by who waits so long for its turn, in milliseconds. */
export const answerTime = (waitMs: number): number => (waitMs === 0 ? leastAnswerMs : waitMs);

/** It is the gateway's token that Defender looks at, never a caller's. */
const refusesUs = (made: Attempt): made is Extract<Attempt, { readonly status: number }> =>
  'status' in made && (made.status === 401 || made.status === 403);

/** Ids that a line of the log names. */
const mostListed = 30;

const listed = (ids: readonly string[]): string =>
  `${ids.slice(0, mostListed).join(' ')}${ids.length > mostListed ? ` and ${ids.length - mostListed} more` : ''}`;

const headersOf = (bearer: string, trace: Trace | undefined) => ({
  authorization: `Bearer ${bearer}`,
  accept: 'application/json',
  'user-agent': userAgent,
  ...(trace === undefined ? {} : { traceparent: traceparentOf(trace), 'x-request-id': trace.requestId }),
});

/** What a 429 tells the quota. */
const throttledOf = (made: Attempt): Throttled | undefined => {
  if (made.kind !== 'response' || made.status !== 429) return undefined;
  const limit = limitNamed(readDefenderError(made.body)?.message);
  return { retryAfterSeconds: made.retryAfterSeconds ?? 60, limit };
};

const endingOf = (made: Attempt): Ending => {
  if (made.kind === 'response') return { ...made, kind: 'status' };
  return { kind: made.kind === 'fault' && !made.isFinal ? 'fault' : 'final' };
};
