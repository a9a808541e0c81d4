/** What every answer gets, whatever it says: 304 where the caller has it, the headers of caller, urgency and quota, and its compression. */
import type { HttpRequest } from '@azure/functions';
import type { Call } from '../defender/call.ts';
import { callerHeaders } from '../http/caller.ts';
import { conditional } from '../http/conditional.ts';
import { encoded } from '../http/encoded.ts';
import { priorityHeader } from '../http/priority.ts';
import { type Reply, withHeaders } from '../http/reply.ts';
import { respond } from '../http/respond.ts';
import type { Told } from '../machines/told.ts';
import type { Asked } from './asked.ts';
import { quotaHeaders } from './quotaHeaders.ts';
import type { Services } from './services.ts';
import { sourceHeaders } from './sourceHeaders.ts';

/** @param call whose quota is told of */
export const finished = (
  reply: Reply,
  { caller, priority }: Asked,
  call: Call,
  { headers }: HttpRequest,
  { quotas, clock }: Services,
): Promise<Reply> => {
  const known = conditional(reply, headers.get('if-none-match'));
  const whole = withHeaders(known, {
    ...callerHeaders(caller),
    ...priorityHeader(priority),
    ...quotaHeaders(quotas.of(call).gate, clock, known.headers['retry-after']),
  });
  return encoded(whole, headers.get('accept-encoding'));
};

/** Whose quota was asked for an answer, where it is not the one that its address is of. */
export const payerOf = ({ source }: Told, call: Call): Call =>
  source.kind === 'defender' ? (source.call ?? call) : call;

/** What the machines told, as HTTP; a refusal is noted. */
export const replyOf = (told: Told, { caller }: Asked, call: Call, { quotas, traffic }: Services): Reply => {
  const { answer } = told;
  if (answer.kind === 'throttled' || answer.kind === 'closed') traffic.refused(quotas.of(payerOf(told, call)).name);
  return withHeaders(respond(answer, caller.requestId), sourceHeaders(told));
};
