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
import { within } from '../within.ts';
import type { Answer } from './answer.ts';
import { answerOf, noToken, notSent } from './answerOf.ts';
import { type Attempt, attempt } from './attempt.ts';
import type { Call, Service } from './call.ts';
import { limitNamed, readDefenderError } from './defenderError.ts';
import type { Question } from './question.ts';
import { decideRetry, type Ending } from './retry.ts';
import type { Token } from './token.ts';

export interface Defender {
  /** Never rejects for what Defender does; every outcome is an answer. */
  ask(question: Question, options: AskOptions): Promise<Answer>;
}

export interface AskOptions {
  /** How long the caller waits for the answer, retries and the quota included. */
  readonly waitMs: number;
  readonly priority: PriorityClass;
  /** Told of each call that goes to Defender; retries are calls. */
  readonly onSent?: () => void;
  /** The caller's address of this call, without query: where next links lead. */
  readonly here: string;
  readonly traceparent?: string | undefined;
}

export interface ClientOptions {
  readonly services: Readonly<Record<Service, { readonly baseUrl: string; readonly token: Token }>>;
  readonly gateOf: (call: Call) => Gate;
  readonly fetch: typeof fetch;
  readonly clock: Clock;
  readonly log: Log;
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
  fetch,
  clock,
  log,
  random = Math.random,
}: ClientOptions): Defender => {
  /** One permit, one attempt. */
  const once = (question: Question, options: AskOptions, bearer: string, { turnBy, answerBy }: Deadlines) =>
    gateOf(question.call).pass({ waitMs: turnBy - clock.monotonic(), priority: options.priority }, async () => {
      options.onSent?.();
      const made = await attempt({
        fetch,
        clock,
        url: services[question.call.service].baseUrl + question.path + question.query,
        headers: headersOf(bearer, options),
        withinMs: Math.min(mostAttemptMs, Math.max(0, answerBy - clock.monotonic())),
        mostBytes: question.call.mostBytes,
      });
      return { value: made, throttled: throttledOf(made) };
    });

  const bearerOf = async (token: Token, { answerBy }: Deadlines): Promise<string | Answer> => {
    const leftMs = answerBy - clock.monotonic();
    return within(clock, leftMs, token.get(), () => new Error('none came in time')).catch((fault) =>
      noToken(fault, log),
    );
  };

  return {
    async ask(question, options) {
      const deadlines = deadlinesOf(options.waitMs, clock.monotonic());
      const { token } = services[question.call.service];
      let before: Attempt | undefined;
      let hasRefreshedToken = false;
      for (let attempts = 1; ; attempts++) {
        const bearer = await bearerOf(token, deadlines);
        if (typeof bearer !== 'string') return bearer;
        const passage = await once(question, options, bearer, deadlines);
        if (passage.kind !== 'sent') return before ? answerOf(question, before, options.here) : notSent(passage);
        before = passage.value;
        const leftMs = deadlines.turnBy - clock.monotonic();
        const decision = decideRetry(endingOf(before), { attempts, hasRefreshedToken, leftMs, random: random() });
        if (decision.kind === 'done') return answerOf(question, before, options.here);
        if (decision.refreshToken) token.refused(bearer);
        hasRefreshedToken ||= decision.refreshToken;
        log.info('Defender is asked again', {
          call: question.call.name,
          attempts,
          afterMs: Math.round(decision.afterMs),
        });
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

const deadlinesOf = (waitMs: number, now: number): Deadlines => ({
  turnBy: now + waitMs - Math.min(keptForAnswerMs, waitMs / 4),
  answerBy: now + (waitMs === 0 ? leastAnswerMs : waitMs),
});

const headersOf = (bearer: string, { traceparent }: AskOptions) => ({
  authorization: `Bearer ${bearer}`,
  accept: 'application/json',
  'user-agent': userAgent,
  ...(traceparent === undefined ? {} : { traceparent }),
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
