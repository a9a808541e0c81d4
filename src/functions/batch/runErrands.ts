/**
 * The requests of a batch, asked: lookups all at once, so that they are merged and none waits for another; lists some at a time, and what
 * may be a page of the whole fleet, parked answers among them, two at a time. Once the answer is full, what has not begun is not asked, so that no quota is spent
 * on what nobody gets. And what a batch holds in memory has a bound: its answer, and what is on its way into it.
 */
import type { InvocationContext } from '@azure/functions';
import type { CallerIdentity } from '../../callers/identity.ts';
import type { Clock } from '../../clock.ts';
import { type Problem, problemResponse } from '../../http/problem.ts';
import type { Wait } from '../../http/wait.ts';
import { answeringFaults } from '../answeringFaults.ts';
import { operationTriggers } from '../operations/operationTriggers.ts';
import { limitAnswer } from './answerLimit.ts';
import type { AnswerSize } from './answerSize.ts';
import type { Errand } from './errand.ts';
import type { Room } from './room.ts';
import { type WholeReply, wholeReply } from './wholeReply.ts';

/** Thirty lists under way keep up with 100 calls a minute: what waits longer waits for the quota, and is told so by that. */
const atOnce: Readonly<Record<AnswerSize, number>> = { few: Number.POSITIVE_INFINITY, list: 30, page: 2 };

/** Where errands are run. */
export interface Run {
  readonly context: InvocationContext;
  readonly identity: CallerIdentity;
  /** Of the batch. */
  readonly requestId: string;
  readonly room: Room;
  readonly clock: Pick<Clock, 'monotonic'>;
}

/** Runs each errand once, and tells what came of it when it comes; a fault of a function is its errand's answer. */
export const runErrands = async <T extends { readonly errand: Errand }>(
  jobs: readonly T[],
  run: Run,
  onReply: (job: T, reply: WholeReply) => void,
): Promise<void> => {
  const begun = run.clock.monotonic();
  const ask = async (job: T) => {
    const spent = Math.floor((run.clock.monotonic() - begun) / 1000);
    onReply(job, await replyTo(job.errand, run, spent));
  };
  const askAll = (size: AnswerSize) =>
    inTurn(
      jobs.filter(({ errand }) => errand.size === size),
      atOnce[size],
      ask,
    );
  await Promise.all([askAll('few'), askAll('list'), askAll('page')]);
};

/** @param spent of the errand's wait, seconds: it began to wait with the batch */
const replyTo = async (errand: Errand, run: Run, spent: number): Promise<WholeReply> => {
  if (run.room.isFull) return told(withoutRoom(errand), run);
  if (spent > errand.wait.seconds && !isLook(errand)) return told(withoutTime(errand), run);
  const wait = spent === 0 ? errand.wait : waitLeft(errand, spent);
  const asked = answeringFaults(async (request, context) =>
    wholeReply(await errand.asks.handler(request, context, run.identity)),
  );
  const request = errand.request(wait);
  limitAnswer(request, run.room.left);
  return wholeReply(await asked(request, run.context));
};

/** A look at what was parked takes no time: who does not wait for its end looks once, however late its turn comes. */
const isLook = ({ asks }: Errand): boolean => asks.route === operationTriggers.operation.route;

const waitLeft = (errand: Errand, spent: number): Wait => ({
  seconds: Math.max(0, errand.wait.seconds - spent),
  isAsked: errand.wait.isAsked || !isLook(errand),
});

const withoutRoom = ({ address }: Errand): Problem => ({
  status: 413,
  code: 'ContentTooLarge',
  message: `It was not asked: the batch's answer was full before its turn came. Ask it alone: GET ${shown(address)}`,
});

/** A second is as true as any: what held it up is the batch, which is over then; those that the quota holds up end in time. */
const withoutTime = ({ wait, size }: Errand): Problem => ({
  status: 429,
  code: 'TooManyRequests',
  message: `It was not asked: ${size === 'page' ? 'pages of the whole fleet' : 'lists'} are asked ${atOnce[size]} at a time in a batch, and its turn did not come within ${wait.seconds} s. Ask it again, alone, or with a longer Prefer: wait=N.`,
  retryAfterSeconds: 1,
});

const shown = (address: string): string => address.slice(0, 200);

const told = (problem: Problem, { requestId }: Run): Promise<WholeReply> =>
  wholeReply(problemResponse(problem, requestId));

/** Runs jobs in their order, so many at a time. */
const inTurn = async <T>(jobs: readonly T[], most: number, run: (job: T) => Promise<void>): Promise<void> => {
  const left = jobs.values();
  const runRest = async () => {
    for (const job of left) await run(job);
  };
  await Promise.all(Array.from({ length: Math.min(most, jobs.length) }, runRest));
};
