/**
 * GETs that need not be waited for: with `Prefer: respond-async` what can't be answered at once is parked, and 202 says where its answer will be
 * (RFC 7240, section 4.1; RFC 9110, section 15.3.3). Logic Apps' HTTP action polls `Location` until it is no 202 any more.
 */
import type { HttpRequest, InvocationContext } from '@azure/functions';
import type { CallerIdentity } from '../../callers/identity.ts';
import { readCacheControl } from '../../http/cacheControl.ts';
import { callerHeaders, readCaller } from '../../http/caller.ts';
import { problemResponse } from '../../http/problem.ts';
import { type Reply, withHeaders } from '../../http/reply.ts';
import type { Parked } from '../../operations/parking.ts';
import { told } from '../../toldFault.ts';
import { within } from '../../within.ts';
import { openapiTrigger } from '../openapi/openapiTrigger.ts';
import type { HttpFunction } from '../services.ts';
import { firstTry } from './firstTry.ts';
import type { ForOperations } from './operationServices.ts';
import { operationTriggers } from './operationTriggers.ts';
import { hasKeyInQuery, parkedCaller, parkedRequest } from './parkedRequest.ts';
import { prefersAsync } from './preferences.ts';
import { waitingReply } from './waitingReply.ts';

/** An operation is where a caller waits already (`Prefer: wait=N`); the document is a file of the package, and there at once. */
const notParked: ReadonlySet<string> = new Set([operationTriggers.operation.name, openapiTrigger.name]);
/** Milliseconds that storage has for a record and a message. */
const parkedWithinMs = 20_000;

/** @returns the function itself where it is none that can be parked */
export const parkable = (asks: HttpFunction, services: ForOperations): HttpFunction => {
  const isRead = asks.methods.includes('GET') && typeof asks.access !== 'string';
  if (!isRead || notParked.has(asks.name)) return asks;
  return {
    ...asks,
    async handler(request, context, identity) {
      const { headers } = request;
      const isAsync = request.method === 'GET' && prefersAsync(headers.get('prefer'));
      // What is kept is told at once, and what is not never comes.
      if (!isAsync || readCacheControl(headers.get('cache-control'), null).onlyIfCached)
        return asks.handler(request, context, identity);
      return answeredOrParked(asks, { request, context, identity }, services);
    },
  };
};

interface Asking {
  readonly request: HttpRequest;
  readonly context: InvocationContext;
  readonly identity: CallerIdentity;
}

const answeredOrParked = async (asks: HttpFunction, asking: Asking, services: ForOperations) => {
  const { request, context, identity } = asking;
  const { clock, operations } = services;
  const caller = readCaller(request);
  const parked = parkedRequest(asks.name, request, caller);
  const tried = await firstTry(asks, { request, parked, caller, identity, context, clock });
  if (tried.kind === 'answered') return tried.reply;
  try {
    const parking = operations.parking.park(parked, parkedCaller(identity), tried.afterSeconds);
    const taken = await within(clock, parkedWithinMs, parking, () => new Error('storage does not answer'));
    if (taken.kind === 'full') return withHeaders(tooMany(taken, caller.requestId), callerHeaders(caller));
    const reply = waitingReply(request, taken.operation, clock.wall());
    return withHeaders(reply, { ...appliedTo(callerHeaders(caller)), ...warningOf(request) });
  } catch (fault) {
    context.error('A request could not be parked', { requestId: caller.requestId, fault: told(fault) });
    return withHeaders(notTaken(caller.requestId), callerHeaders(caller));
  }
};

const appliedTo = (headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> => {
  const { 'preference-applied': wait } = headers;
  return { ...headers, 'preference-applied': wait === undefined ? 'respond-async' : `respond-async, ${wait}` };
};

const warningOf = (request: HttpRequest): Readonly<Record<string, string>> =>
  hasKeyInQuery(request)
    ? {
        'x-gateway-warning':
          'The key came in the address, and Location has none. Send it as the header x-functions-key, here and there: who follows Location by itself has no key otherwise.',
      }
    : {};

const tooMany = ({ whose, most }: Extract<Parked, { kind: 'full' }>, requestId: string): Reply =>
  problemResponse(
    {
      status: 429,
      code: 'TooManyRequests',
      message: `The request was not parked: ${most} operations${whose === 'own' ? ' of yours' : ''} wait already, and there may be no more. Send it again when some have ended, or without Prefer: respond-async.`,
      retryAfterSeconds: 60,
    },
    requestId,
  );

const notTaken = (requestId: string): Reply =>
  problemResponse(
    {
      status: 503,
      code: 'ServiceUnavailable',
      message:
        'The request could not be parked, because storage did not take it. Send it again, or without Prefer: respond-async.',
      retryAfterSeconds: 5,
    },
    requestId,
  );
