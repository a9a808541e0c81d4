/** The functions of one line of `defender/calls.ts`: Defender's path under Defender's name, and its versioned alias. */
import type { HttpRequest } from '@azure/functions';
import type { Answer } from '../defender/answer.ts';
import type { Call } from '../defender/call.ts';
import { withOwnNextLink } from '../defender/links.ts';
import { pathOf, readQuestion } from '../defender/question.ts';
import { callerHeaders, readCaller } from '../http/caller.ts';
import { callerId } from '../http/callerId.ts';
import { priorityHeader, readPriority } from '../http/priority.ts';
import { problemResponse } from '../http/problem.ts';
import { queryOf } from '../http/query.ts';
import { type Reply, withHeaders } from '../http/reply.ts';
import { respond } from '../http/respond.ts';
import { quotaHeaders } from './quotaHeaders.ts';
import type { HttpFunction, Services } from './services.ts';

export const defenderCall = (call: Call, services: Services): readonly HttpFunction[] => {
  const plain = relay(call, services, false);
  return pathOf(call, true) === call.path ? [plain] : [plain, relay(call, services, true)];
};

const relay = (call: Call, services: Services, versioned: boolean): HttpFunction => ({
  name: versioned ? `${call.name}V1` : call.name,
  route: pathOf(call, versioned).slice(1),
  methods: ['GET'],
  authLevel: 'function',
  async handler(request) {
    const asked = readAsked(request, services);
    const { gate } = services.quotas.of(call);
    const reply = await answer(call, services, versioned, asked, request);
    return withHeaders(reply, {
      ...callerHeaders(asked.caller),
      ...priorityHeader(asked.priority),
      ...quotaHeaders(gate, services.clock, reply.headers['retry-after']),
    });
  },
});

type Asked = ReturnType<typeof readAsked>;

/** Who asks, and how. */
const readAsked = (request: HttpRequest, { callers }: Services) => {
  const id = callerId(request, callers.trustsPrincipal);
  return {
    caller: readCaller(request),
    id,
    priority: readPriority(request.headers.get('priority'), callers.caps.get(id)),
  };
};

const answer = async (
  call: Call,
  { defender, quotas, traffic }: Services,
  versioned: boolean,
  { caller, id, priority }: Asked,
  request: HttpRequest,
): Promise<Reply> => {
  const read = readQuestion(call, {
    pathValue: request.params[parameterOf(call)],
    query: queryOf(request),
    versioned,
  });
  if (read.kind === 'wrong') return problemResponse({ ...read, status: read.status ?? 400 }, caller.requestId);
  const quota = quotas.of(call).name;
  const { question } = read;
  const answered = await defender.ask(call, () => question, {
    waitMs: caller.wait.seconds * 1000,
    traceparent: caller.traceparent,
    priority: priority.class,
    onSent: () => traffic.sent({ quota, caller: id, priority: priority.class }),
  });
  if (answered.kind === 'throttled' || answered.kind === 'closed') traffic.refused(quota);
  return respond(call.pages ? ledToUs(answered, addressOf(request)) : answered, caller.requestId);
};

/** With the link to the next page on our own address. */
const ledToUs = (answer: Answer, here: string): Answer =>
  answer.kind === 'answered' && answer.status === 200
    ? { ...answer, body: withOwnNextLink(answer.body, here) }
    : answer;

const addressOf = ({ url }: HttpRequest): string => url.replace(/[?#].*$/, '');

/** The name of what may stand in the path: `id` of `/api/alerts/{id}/machine`. */
const parameterOf = ({ path }: Call): string => /\{(\w+)\}/.exec(path)?.[1] ?? '';
