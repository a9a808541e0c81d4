/**
 * POST /api/$batch: up to 1,000 reads in one request ("OData JSON Format Version 4.01", 19), each with the status, headers and body that it
 * would have had alone, from the function that would have answered it. So kept answers, merged lookups, priorities and the quota are
 * those of single requests; what can't be answered within the caller's wait is 429 with its own `Retry-After`, and the rest is answered.
 *
 * The batch is 200 even where every request in it is 429: who reads the list finds each one's `Retry-After` there. The smallest of
 * them stands on the batch as well, for who looks no further than that: to ask again sooner than that gains nothing.
 */
import type { HttpRequest } from '@azure/functions';
import { appliedPreferences } from '../http/batch/appliedPreferences.ts';
import { printBatch } from '../http/batch/batchResponse.ts';
import { inheritedHeaders } from '../http/batch/passedHeaders.ts';
import { retryAfter } from '../http/batch/retryAfter.ts';
import { readSentBatch } from '../http/batch/sentBatch.ts';
import { type Caller, callerHeaders, readCaller } from '../http/caller.ts';
import { encoded } from '../http/encoded.ts';
import { problemResponse } from '../http/problem.ts';
import { type Reply, withHeaders } from '../http/reply.ts';
import { type Answering, answerItems } from './batch/answerItems.ts';
import { createRoutes } from './batch/routes.ts';
import type { HttpFunction, Services } from './services.ts';
import { type HttpTrigger, triggers } from './triggers.ts';

/**
 * The batch and its versioned alias.
 *
 * @param functions what can be asked in it: of these, those that answer GET
 * @throws where a function's route is more than literal segments and `{name}`
 */
export const batch = (
  functions: readonly HttpFunction[],
  { clock }: Pick<Services, 'clock'>,
): readonly HttpFunction[] => {
  const routes = createRoutes(functions);
  const under = (trigger: HttpTrigger, root: string): HttpFunction => ({
    ...trigger,
    async handler(request, context, identity) {
      const caller = readCaller(request);
      const reply = await answer(request, root, caller, { routes, clock, context, identity });
      const headers = callerHeaders(caller);
      const applied = appliedPreferences(request.headers.get('prefer'), headers['preference-applied']);
      return encoded(withHeaders(reply, { ...headers, ...applied }), request.headers.get('accept-encoding'));
    },
  });
  return [under(triggers.batch, '/api/'), under(triggers.batchV1, '/api/v1.0/')];
};

const answer = async (request: HttpRequest, root: string, caller: Caller, answering: Answering): Promise<Reply> => {
  const read = await readSentBatch(request, example);
  if (read.kind === 'wrong') return problemResponse(read.problem, caller.requestId);
  const { origin, host } = new URL(request.url);
  const inherited = inheritedHeaders(request.headers);
  const responses = await answerItems(read.items, { request, root, caller, origin, host, inherited }, answering);
  return {
    status: 200,
    headers: { 'content-type': 'application/json', 'odata-version': '4.01', ...retryAfter(responses) },
    body: printBatch(responses),
  };
};

const example = '{"requests":[{"id":"1","method":"GET","url":"machines"}]}';
