/** The functions of one line of `defender/calls.ts`: Defender's path under Defender's name, and its versioned alias. */
import type { HttpRequest } from '@azure/functions';
import type { Call } from '../defender/call.ts';
import { pathOf, readQuestion } from '../defender/question.ts';
import { callerHeaders, readCaller } from '../http/caller.ts';
import { problemResponse } from '../http/problem.ts';
import { queryOf } from '../http/query.ts';
import { withHeaders } from '../http/reply.ts';
import { respond } from '../http/respond.ts';
import type { HttpFunction, Services } from './services.ts';

export const defenderCall = (call: Call, services: Services): readonly HttpFunction[] => {
  const plain = relay(call, services, false);
  return pathOf(call, true) === call.path ? [plain] : [plain, relay(call, services, true)];
};

const relay = (call: Call, { defender }: Services, versioned: boolean): HttpFunction => ({
  name: versioned ? `${call.name}V1` : call.name,
  route: pathOf(call, versioned).slice(1),
  methods: ['GET'],
  authLevel: 'function',
  async handler(request) {
    const caller = readCaller(request);
    const read = readQuestion(call, {
      pathValue: request.params[parameterOf(call)],
      query: queryOf(request),
      versioned,
    });
    if (read.kind === 'wrong') {
      return withHeaders(problemResponse({ status: 400, ...read }, caller.requestId), callerHeaders(caller));
    }
    const { traceparent, wait } = caller;
    const answer = await defender.ask(read.question, {
      waitMs: wait.seconds * 1000,
      here: addressOf(request),
      traceparent,
    });
    return withHeaders(respond(answer, caller.requestId), callerHeaders(caller));
  },
});

const addressOf = ({ url }: HttpRequest): string => url.replace(/[?#].*$/, '');

/** The name of what may stand in the path: `id` of `/api/alerts/{id}/machine`. */
const parameterOf = ({ path }: Call): string => /\{(\w+)\}/.exec(path)?.[1] ?? '';
