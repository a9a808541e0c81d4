/** What the answers about alerts have in common: they end in time, storage that fails is 503, and they are compressed for who takes that. */
import type { HttpRequest, InvocationContext } from '@azure/functions';
import { type Caller, callerHeaders, readCaller } from '../../http/caller.ts';
import { conditional } from '../../http/conditional.ts';
import { encoded } from '../../http/encoded.ts';
import { problemResponse } from '../../http/problem.ts';
import { type Reply, withHeaders } from '../../http/reply.ts';
import { within } from '../../within.ts';
import type { HttpFunction } from '../services.ts';
import type { HttpTrigger } from '../triggers.ts';
import type { ForAlerts } from './alertServices.ts';

/** Milliseconds that storage has for what takes it some hundredths of a second. */
const storageWithinMs = 10_000;
const retryAfterSeconds = 5;

export interface AboutAlerts extends HttpTrigger {
  /** Whether it waits for as long as the caller says; otherwise `Prefer: wait=N` is not heeded, and not said to be. */
  readonly waits?: boolean;
  readonly answer: (request: HttpRequest, caller: Caller) => Promise<Reply>;
}

/** A function that asks storage about alerts. */
export const aboutAlerts = (
  { answer, waits = false, ...trigger }: AboutAlerts,
  { clock }: Pick<ForAlerts, 'clock'>,
): HttpFunction => ({
  ...trigger,
  async handler(request, context) {
    const caller = readCaller(request);
    const answersWithinMs = storageWithinMs + (waits ? askedWaitMs(caller) : 0);
    const late = () => new Error('storage does not answer');
    const answering = within(clock, answersWithinMs, answer(request, caller), late);
    const reply = await answering.catch((fault: unknown) => unreachable(fault, caller, context));
    const known = request.method === 'GET' ? conditional(reply, request.headers.get('if-none-match')) : reply;
    const whole = withHeaders(known, waits ? callerHeaders(caller) : { 'x-request-id': caller.requestId });
    return encoded(whole, request.headers.get('accept-encoding'));
  },
});

/** Milliseconds; none where the caller did not say. */
export const askedWaitMs = ({ wait }: Caller): number => (wait.isAsked ? wait.seconds * 1000 : 0);

const unreachable = (fault: unknown, { requestId }: Caller, context: InvocationContext): Reply => {
  context.error('Alerts could not be reached in storage', { requestId, fault: String(fault) });
  const message = "Storage can't be reached, or does not answer. The log tells more under this request's id.";
  return problemResponse({ status: 503, code: 'ServiceUnavailable', message, retryAfterSeconds }, requestId);
};
