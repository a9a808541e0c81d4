/**
 * GET /gateway/operations/{id}: 202 until what was parked has an answer, and then that answer itself, as often as it is asked for until it
 * expires. Only who had it parked is told that it is there. With `Prefer: wait=N` it waits for the end.
 */
import type { HttpRequest, InvocationContext } from '@azure/functions';
import type { CallerIdentity } from '../../callers/identity.ts';
import { type Caller, callerHeaders, readCaller } from '../../http/caller.ts';
import { conditional } from '../../http/conditional.ts';
import { encoded } from '../../http/encoded.ts';
import { readOwnQuery } from '../../http/ownQuery.ts';
import { problemResponse } from '../../http/problem.ts';
import { type Reply, withHeaders } from '../../http/reply.ts';
import type { Operation } from '../../operations/operation.ts';
import { isOperationId } from '../../operations/operationId.ts';
import { told } from '../../toldFault.ts';
import { within } from '../../within.ts';
import { answerLimit } from '../batch/answerLimit.ts';
import { tooLarge } from '../batch/tooLarge.ts';
import type { HttpFunction } from '../services.ts';
import { endedReply } from './endedReply.ts';
import type { ForOperations } from './operationServices.ts';
import { operationTriggers } from './operationTriggers.ts';
import { refusalNow } from './refusalNow.ts';
import { waitingReply } from './waitingReply.ts';

/** Milliseconds that storage has; a body of some 10 MB may take seconds. */
const storageWithinMs = 25_000;
const retryAfterSeconds = 5;

export const operation = (services: ForOperations): HttpFunction => ({
  ...operationTriggers.operation,
  async handler(request, context, identity) {
    const caller = readCaller(request);
    const mostMs = storageWithinMs + askedWaitMs(caller);
    const answering = within(services.clock, mostMs, answer(request, caller, identity, services), late);
    const reply = await answering.catch((fault: unknown) => unreachable(fault, caller, context));
    const known = conditional(reply, request.headers.get('if-none-match'));
    return encoded(withHeaders(known, callerHeaders(caller)), request.headers.get('accept-encoding'));
  },
});

const answer = async (
  request: HttpRequest,
  caller: Caller,
  identity: CallerIdentity,
  { operations, clock }: ForOperations,
): Promise<Reply> => {
  const query = readOwnQuery(request.query, []);
  if (query.kind === 'wrong')
    return problemResponse({ status: 400, code: 'InvalidInput', message: query.message }, caller.requestId);
  const id = (request.params.id ?? '').toLowerCase();
  const reading = {
    mostBytes: answerLimit(request),
    refusalOf: (found: Operation) => refusalNow(found, identity),
  };
  const looked = isOperationId(id)
    ? await operations.looking.look(id, identity.owner, askedWaitMs(caller), reading)
    : undefined;
  if (!looked) return unknown(operations.looking.retentionMs, caller);
  if (looked.kind === 'refused') return problemResponse(looked.refusal, caller.requestId);
  if (looked.kind === 'tooLong')
    return problemResponse(tooLarge(looked.bytes, new URL(request.url).pathname), caller.requestId);
  const now = clock.wall();
  return looked.kind === 'waiting' ? waitingReply(request, looked.operation, now) : endedReply(looked, now);
};

/** Milliseconds; none where the caller did not say. */
const askedWaitMs = ({ wait }: Caller): number => (wait.isAsked ? wait.seconds * 1000 : 0);

const late = () => new Error('storage does not answer');

const unknown = (retentionMs: number, { requestId }: Caller): Reply => {
  const hours = Math.round(retentionMs / 3_600_000);
  const message = `There is no such operation of yours. An answer is kept for ${hours} hours, for whoever asked with Prefer: respond-async; ask again.`;
  return problemResponse({ status: 404, code: 'ResourceNotFound', message }, requestId);
};

const unreachable = (fault: unknown, { requestId }: Caller, context: InvocationContext): Reply => {
  context.error('An operation could not be reached in storage', { requestId, fault: told(fault) });
  const message = "Storage can't be reached, or does not answer. The log tells more under this request's id.";
  return problemResponse({ status: 503, code: 'ServiceUnavailable', message, retryAfterSeconds }, requestId);
};
