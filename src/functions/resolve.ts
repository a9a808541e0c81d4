/** GET /gateway/machines/resolve: which machine is meant by a name, an address, a device id, a machine id or an alert. */
import type { HttpRequest } from '@azure/functions';
import { problemResponse } from '../http/problem.ts';
import { readResolveQuestion } from '../machines/resolver/readQuestion.ts';
import { createResolve } from '../machines/resolver/resolve.ts';
import { readAsked } from './asked.ts';
import { finished, replyOf } from './finished.ts';
import { callOf, toldOf } from './resolve/told.ts';
import type { HttpFunction, Services } from './services.ts';
import { triggers } from './triggers.ts';

export const resolve = (services: Services): HttpFunction => {
  const ask = createResolve(services.finder, services.clock);
  return {
    ...triggers.resolve,
    async handler(request, _, identity) {
      const asked = readAsked(request, identity, services);
      const read = readResolveQuestion(judged(request.query));
      if (read.kind === 'wrong') {
        const problem = problemResponse({ ...read, status: 400 }, asked.caller.requestId);
        return finished(problem, asked, callOf(), request, services);
      }
      const call = callOf(read.question);
      const told = toldOf(await ask(read.question, asked.wish));
      return finished(replyOf(told, asked, call, services), asked, call, request, services);
    },
  };
};

/** The platform takes the key of a function, and its name, from the query ("Work with access keys in Azure Functions"). */
const judged = (query: HttpRequest['query']): readonly (readonly [string, string])[] =>
  [...query].filter(([name]) => !/^(?:code|clientid)$/i.test(name));
