/**
 * One call to Defender that several wait for. Whoever waits brings its own patience and class; the call goes with the first permit that
 * any of them gets, and then nobody of the others asks the quota for one. Those who are no more urgent than one who asks already, and no
 * less patient, do not ask themselves: for the quota, who waits for one call is one caller.
 */
import type { Clock } from '../clock.ts';
import type { Answer } from '../defender/answer.ts';
import type { Call } from '../defender/call.ts';
import { type AskOptions, answerTime } from '../defender/client.ts';
import { type PriorityClass, rankOf } from '../quota/priorityClass.ts';

/** Somebody who waits for the answer. */
export interface Rider {
  /** By when the turn must have come, by the monotonic clock. */
  readonly turnBy: number;
  /** By when the answer must be there. */
  readonly answerBy: number;
  readonly priority: PriorityClass;
  /** Of the request that it waits for. */
  readonly requestId?: string | undefined;
  /** Told of each call that was sent with its permit. */
  readonly onSent?: ((call: Call) => void) | undefined;
}

/** How the wait of a rider ended. */
export interface Landing {
  readonly answer: Answer;
  /** When the call began, by the monotonic clock; undefined where none was sent. */
  readonly sentAt?: number | undefined;
  /** Somebody else's permit was used. */
  readonly isShared: boolean;
  /** Whose quota was asked for the permit. */
  readonly call: Call;
}

export interface Flight {
  /** When it was sent, by the monotonic clock: from then on it answers nobody who wants what is newer. */
  readonly sentAt: number | undefined;
  /** How many wait for it. */
  readonly riders: number;
  /** Rejects only where the asking itself failed, with its fault. */
  board(rider: Rider): Promise<Landing>;
}

export interface FlightOptions {
  readonly call: Call;
  readonly ask: (options: AskOptions) => Promise<Answer>;
  readonly clock: Pick<Clock, 'monotonic' | 'sleep'>;
}

/** Who waits so long for its turn, from now. */
export const riderOf = (
  { waitMs, ...rider }: Omit<Rider, 'turnBy' | 'answerBy'> & { readonly waitMs: number },
  now: number,
): Rider => ({ ...rider, turnBy: now + waitMs, answerBy: now + answerTime(waitMs) });

/** Who asks the quota, and what it is told where it is refused. */
interface Pass {
  readonly by: Rider;
  readonly over: AbortController;
  readonly refused: Promise<Answer>;
}

/** A call that was paid for is worth waiting for: its answer is kept, whoever still waits. */
export const mostAnswerMs = 60_000;
/** How much more patient than a rider the pass may be that it rides on. */
const slackMs = 100;
/** A fault reaches those who wait; where nobody does, it is nobody's. */
const heardByRiders = () => undefined;
const late: Answer = { kind: 'late', reason: 'Defender did not answer in the time there was' };

export const createFlight = ({ call, ask, clock }: FlightOptions): Flight => {
  const passes = new Set<Pass>();
  let sentAt: number | undefined;
  let lastSentAt: number | undefined;
  let sentBy: Rider | undefined;
  let riders = 0;
  const aboard = new Set<Rider>();
  let land: (answer: Promise<Answer>) => void = () => undefined;
  const landed = new Promise<Answer>((resolve) => {
    land = resolve;
  });

  /** The requests that wait, its own first. */
  const askedBy = () => [...new Set([sentBy, ...aboard].flatMap((rider) => rider?.requestId ?? []))];

  const depart = (by: Rider) => {
    lastSentAt = clock.monotonic();
    sentAt ??= lastSentAt;
    sentBy = by;
    for (const pass of passes) if (pass.by !== by) pass.over.abort();
    by.onSent?.(call);
  };

  const start = (by: Rider): Pass => {
    const over = new AbortController();
    const { turnBy, priority } = by;
    const waitMs = Math.max(0, turnBy - clock.monotonic());
    const options = { waitMs, answerMs: waitMs + mostAnswerMs, priority, signal: over.signal };
    const asked = ask({ ...options, onSent: () => depart(by), askedBy });
    const refused = asked.finally(() => {
      passes.delete(pass);
      if (sentBy === by) land(asked);
    });
    for (const promise of [refused, landed]) promise.catch(heardByRiders);
    const pass = { by, over, refused };
    passes.add(pass);
    return pass;
  };

  const passFor = (rider: Rider): Pass =>
    [...passes].find(
      ({ by }) => rankOf(by.priority) <= rankOf(rider.priority) && by.turnBy <= rider.turnBy + slackMs,
    ) ?? start(rider);

  /** Rides on until the call was sent or the rider's own pass is refused; a refusal that the rider could outwait, or that is of another class, sends it to the quota itself. */
  const untilSent = async (rider: Rider, over: Promise<Answer>): Promise<Answer> => {
    for (;;) {
      if (sentAt !== undefined) return Promise.race([landed, over]);
      const pass = passFor(rider);
      const answer = await Promise.race([landed, pass.refused, over]);
      if (sentAt !== undefined) continue;
      const leftMs = rider.turnBy - clock.monotonic();
      const isOutwaited = answer.kind === 'throttled' && answer.retryAfterSeconds * 1000 < leftMs;
      const isOfAnother = answer.kind === 'throttled' && pass.by.priority !== rider.priority;
      if (pass.by === rider || (!isOutwaited && !isOfAnother)) return answer;
    }
  };

  /** Nobody waits any more: what was not sent is not sent. */
  const callOff = () => {
    for (const pass of passes) pass.over.abort();
    passes.clear();
  };

  return {
    get sentAt() {
      return sentAt;
    },
    get riders() {
      return riders;
    },
    async board(rider) {
      riders += 1;
      aboard.add(rider);
      const answered = new AbortController();
      const over = clock.sleep(rider.answerBy - clock.monotonic(), answered.signal).then(() => late);
      try {
        const answer = await untilSent(rider, over);
        return { answer, sentAt: sentAt === undefined ? undefined : lastSentAt, isShared: sentBy !== rider, call };
      } finally {
        answered.abort();
        riders -= 1;
        aboard.delete(rider);
        if (riders === 0 && sentAt === undefined) callOff();
      }
    },
  };
};
