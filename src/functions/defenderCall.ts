/** The functions of one line of `defender/calls.ts`: Defender's path under Defender's name, and its versioned alias. */
import type { HttpRequest } from '@azure/functions';
import type { Call } from '../defender/call.ts';
import { readQuestion, type Wrong } from '../defender/question.ts';
import { problemResponse } from '../http/problem.ts';
import { queryOf } from '../http/query.ts';
import type { Reply } from '../http/reply.ts';
import { type Asked, readAsked } from './asked.ts';
import { finished, payerOf, replyOf } from './finished.ts';
import { addressOf, ledToUs } from './ownLinks.ts';
import type { HttpFunction, Services } from './services.ts';
import { isVersioned, triggerOf } from './triggers.ts';

export const defenderCall = (call: Call, services: Services): readonly HttpFunction[] => {
  const plain = relay(call, services, false);
  return isVersioned(call) ? [plain, relay(call, services, true)] : [plain];
};

const relay = (call: Call, services: Services, versioned: boolean): HttpFunction => ({
  ...triggerOf(call, versioned),
  async handler(request, _, identity) {
    const asked = readAsked(request, identity, services);
    const { reply, payer } = await answer(call, services, versioned, asked, request);
    return finished(reply, asked, payer, request, services);
  },
});

const answer = async (
  call: Call,
  services: Services,
  versioned: boolean,
  asked: Asked,
  request: HttpRequest,
): Promise<{ readonly reply: Reply; readonly payer: Call }> => {
  const wrong = ({ status, code, message }: Wrong) => ({
    reply: problemResponse({ status: status ?? 400, code, message }, asked.caller.requestId),
    payer: call,
  });
  const pathValue = request.params[parameterOf(call)];
  const read = readQuestion(call, { pathValue, query: queryOf(request), versioned });
  if (read.kind === 'wrong') return wrong(read);
  const here = addressOf(request);
  const listed = await services.lists.ask(read.question, asked.wish, here);
  if (listed.kind === 'wrong') return wrong(listed);
  const told = call.pages ? ledToUs(listed.told, here) : listed.told;
  return { reply: replyOf(told, asked, call, services), payer: payerOf(told, call) };
};

/** The name of what may stand in the path: `id` of `/api/alerts/{id}/machine`. */
const parameterOf = ({ path }: Call): string => /\{(\w+)\}/.exec(path)?.[1] ?? '';
