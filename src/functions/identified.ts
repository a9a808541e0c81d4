/** A function as Azure calls it: nobody reaches it before it is known who calls. */
import type { HttpHandler } from '@azure/functions';
import type { Identified, Identify } from '../callers/identify.ts';
import { callerHeaders, readCaller } from '../http/caller.ts';
import { problemResponse } from '../http/problem.ts';
import { type Reply, withHeaders } from '../http/reply.ts';
import type { HttpFunction } from './services.ts';

/** Seconds; by then the issuer's keys are asked for again. */
const retryAfterSeconds = 10;

export const identified =
  ({ access, handler }: HttpFunction, identify: Identify): HttpHandler =>
  async (request, context) => {
    const said = await identify(request, access);
    if (said.kind === 'known') return handler(request, context, said.identity);
    const caller = readCaller(request);
    return withHeaders(refusal(said, caller.requestId), callerHeaders(caller));
  };

const refusal = (said: Exclude<Identified, { kind: 'known' }>, requestId: string): Reply => {
  const { reason: message } = said;
  if (said.kind === 'unavailable') {
    return problemResponse({ status: 503, code: 'ServiceUnavailable', message, retryAfterSeconds }, requestId);
  }
  const problem = problemResponse({ status: 401, code: 'Unauthorized', message }, requestId);
  return withHeaders(problem, { 'www-authenticate': said.challenge });
};
