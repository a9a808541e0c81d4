/**
 * The requests of a batch, asked: all at once, so that lookups among them are merged and none waits for another; but of what may be a
 * page of the whole fleet two at a time, and no more of them once the answer is full. So what a batch holds in memory has a bound: its
 * answer, and a few pages that are on their way into it.
 */
import type { InvocationContext } from '@azure/functions';
import type { Clock } from '../../clock.ts';
import { type Problem, problemResponse } from '../../http/problem.ts';
import type { Wait } from '../../http/wait.ts';
import { answeringFaults } from '../answeringFaults.ts';
import type { Errand } from './errand.ts';
import type { Room } from './room.ts';
import { type WholeReply, wholeReply } from './wholeReply.ts';

const pagesAtOnce = 2;

/** Where errands are run. */
export interface Run {
  readonly context: InvocationContext;
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
  const pages = jobs.filter(({ errand }) => errand.mayBeWholePage);
  const others = jobs.filter(({ errand }) => !errand.mayBeWholePage);
  await Promise.all([...others.map(ask), inTurn(pages, pagesAtOnce, ask)]);
};

/** @param spent of the errand's wait, seconds: it began to wait with the batch */
const replyTo = async (errand: Errand, run: Run, spent: number): Promise<WholeReply> => {
  if (errand.mayBeWholePage && run.room.isFull) return told(withoutRoom(errand), run);
  if (spent > errand.wait.seconds) return told(withoutTime(errand), run);
  const wait: Wait = spent === 0 ? errand.wait : { seconds: errand.wait.seconds - spent, isAsked: true };
  const asked = answeringFaults(async (request, context) => wholeReply(await errand.asks.handler(request, context)));
  return wholeReply(await asked(errand.request(wait), run.context));
};

const withoutRoom = ({ address }: Errand): Problem => ({
  status: 413,
  code: 'ContentTooLarge',
  message: `It was not asked: the batch's answer was full before its turn came. Ask it alone: GET ${shown(address)}`,
});

/** A second is as true as any: what held it up is the batch, which is over then. */
const withoutTime = ({ wait }: Errand): Problem => ({
  status: 429,
  code: 'TooManyRequests',
  message: `It was not asked: pages of the whole fleet are asked ${pagesAtOnce} at a time in a batch, and its turn did not come within ${wait.seconds} s. Ask it again, alone, or with a longer Prefer: wait=N.`,
  retryAfterSeconds: 1,
});

const shown = (address: string): string => address.slice(0, 200);

const told = (problem: Problem, { requestId }: Run): Promise<WholeReply> =>
  wholeReply(problemResponse(problem, requestId));

/** Runs jobs in their order, so many at a time. */
const inTurn = async <T>(jobs: readonly T[], atOnce: number, run: (job: T) => Promise<void>): Promise<void> => {
  const left = jobs.values();
  const runRest = async () => {
    for (const job of left) await run(job);
  };
  await Promise.all(Array.from({ length: atOnce }, runRest));
};
