/**
 * POST /gateway/machines/resolve: which machine is meant, up to 1,000 times: `{"requests":[{"id":"1","hostName":"srv02"}]}`. The answer
 * has the form of an OData batch's, and like that one is 200 whatever its parts are.
 */
import type { HttpRequest } from '@azure/functions';
import { printBatch } from '../http/batch/batchResponse.ts';
import { retryAfter } from '../http/batch/retryAfter.ts';
import { callerHeaders } from '../http/caller.ts';
import { encoded } from '../http/encoded.ts';
import { priorityHeader } from '../http/priority.ts';
import { problemResponse } from '../http/problem.ts';
import { type Reply, withHeaders } from '../http/reply.ts';
import { notReusable } from '../http/reuse.ts';
import { createResolve, type Resolve } from '../machines/resolver/resolve.ts';
import { type Asked, readAsked } from './asked.ts';
import { quotaHeaders } from './quotaHeaders.ts';
import { answersTo } from './resolve/answers.ts';
import { readRequests } from './resolve/requests.ts';
import { callOf } from './resolve/told.ts';
import type { HttpFunction, Services } from './services.ts';
import { triggers } from './triggers.ts';

export const resolveBatch = (services: Services): HttpFunction => {
  const ask = createResolve(services.finder, services.clock);
  return {
    ...triggers.resolveBatch,
    async handler(request, _, identity) {
      const asked = readAsked(request, identity, services);
      const reply = await answer(request, ask, asked, services);
      const { gate } = services.quotas.of(callOf());
      const whole = withHeaders(reply, {
        ...callerHeaders(asked.caller),
        ...priorityHeader(asked.priority),
        ...quotaHeaders(gate, services.clock, reply.headers['retry-after']),
      });
      return encoded(whole, request.headers.get('accept-encoding'));
    },
  };
};

const answer = async (request: HttpRequest, ask: Resolve, asked: Asked, services: Services): Promise<Reply> => {
  const read = await readRequests(request);
  if (read.kind === 'wrong') return problemResponse(read.problem, asked.caller.requestId);
  const responses = await answersTo(read.items, ask, asked, services);
  return {
    status: 200,
    headers: { 'content-type': 'application/json; charset=utf-8', ...notReusable, ...retryAfter(responses) },
    body: printBatch(responses),
  };
};
