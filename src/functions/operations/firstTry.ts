/**
 * What is tried before a question is parked, so that what can be told at once is: a mistake in it, an answer that is kept, whatever comes within
 * the wait that its caller names. Without such a wait it is asked of what is kept alone, which costs no call of Defender's.
 */
import type { HttpRequest, HttpResponse, HttpResponseInit, InvocationContext } from '@azure/functions';
import type { CallerIdentity } from '../../callers/identity.ts';
import type { Clock } from '../../clock.ts';
import { readCacheControl } from '../../http/cacheControl.ts';
import type { Caller } from '../../http/caller.ts';
import type { ParkedRequest } from '../../operations/operation.ts';
import { isForLater, secondsOf } from '../../operations/running/judge.ts';
import { within } from '../../within.ts';
import { wholeReply } from '../batch/wholeReply.ts';
import type { HttpFunction } from '../services.ts';
import { requestAgain } from './parkedRequest.ts';

export type FirstTry =
  | { readonly kind: 'answered'; readonly reply: HttpResponseInit | HttpResponse }
  | { readonly kind: 'notNow'; readonly afterSeconds: number };

export interface FirstTryOptions {
  readonly request: HttpRequest;
  readonly parked: ParkedRequest;
  readonly caller: Caller;
  readonly identity: CallerIdentity;
  readonly context: InvocationContext;
  readonly clock: Clock;
}

/** What is kept, and what costs no call, is there in some hundredths of a second. */
const atOnceMs = 5000;
/** For whatever does not end by itself when its wait does. */
const graceMs = 2000;

export const firstTry = async (asks: HttpFunction, options: FirstTryOptions): Promise<FirstTry> => {
  const { request, parked, caller, identity, context, clock } = options;
  const { wait } = caller;
  const mostMs = wait.isAsked ? wait.seconds * 1000 + graceMs : atOnceMs;
  const headers = wait.isAsked ? { prefer: `wait=${wait.seconds}` } : ofWhatIsKept(request);
  const asked = requestAgain(parked, { ...ofItsReader(request), ...headers });
  const late = new Error('it takes longer');
  const answering = (async () => wholeReply(await asks.handler(asked, context, identity)))();
  const reply = await within(clock, mostMs, answering, () => late).catch((fault: unknown) => {
    if (fault !== late) throw fault;
    return undefined;
  });
  if (!reply) return { kind: 'notNow', afterSeconds: 0 };
  if (!isForLater(reply.status)) return { kind: 'answered', reply };
  return { kind: 'notNow', afterSeconds: secondsOf(reply.headers) ?? 0 };
};

/** What is for this answer alone. */
const ofItsReader = ({ headers }: HttpRequest): Readonly<Record<string, string>> =>
  Object.fromEntries(
    ['accept-encoding', 'if-none-match'].flatMap((name) => {
      const value = headers.get(name);
      return value === null ? [] : [[name, value]];
    }),
  );

/**
 * `Pragma` counts where there is no `Cache-Control` (RFC 9111, section 5.4). What can't be read has the strictest reading, which would have Defender
 * asked.
 */
const ofWhatIsKept = ({ headers }: HttpRequest): Readonly<Record<string, string>> => {
  const said = headers.get('cache-control') ?? headers.get('pragma') ?? '';
  const asked = said.trim() === '' ? 'only-if-cached' : `${said}, only-if-cached`;
  const isRead = readCacheControl(asked, null).onlyIfCached;
  return { 'cache-control': isRead ? asked : 'no-cache, only-if-cached' };
};
