/**
 * POST /gateway/alerts, and /gateway/hooks/alerts for webhooks: alerts come in, in any of the formats. They are read, recorded and queued, and that is
 * all that their sender waits for; Graph gives it 3 s ("Receive change notifications through webhooks").
 */
import type { HttpRequest, InvocationContext } from '@azure/functions';
import { type ReadAlerts, readAlerts } from '../../enrichment/formats/readAlerts.ts';
import { readCaller } from '../../http/caller.ts';
import { encoded } from '../../http/encoded.ts';
import { problemResponse } from '../../http/problem.ts';
import { type Reply, withHeaders } from '../../http/reply.ts';
import { within } from '../../within.ts';
import type { HttpFunction } from '../services.ts';
import type { HttpTrigger } from '../triggers.ts';
import type { ForAlerts } from './alertServices.ts';
import { handshakeReply, validationReply } from './handshakes.ts';
import { noneTaken, takenReply, unreadableReply } from './takenReply.ts';
import { tooLarge } from './tooLarge.ts';

export const alertIntake = (trigger: HttpTrigger, services: ForAlerts): HttpFunction => ({
  ...trigger,
  async handler(request, context) {
    const { requestId } = readCaller(request);
    const handshake = handshakeReply(request, requestId);
    const reply = handshake ?? (await intakeReply(request, requestId, context, services));
    const whole = withHeaders(reply, { 'x-request-id': requestId });
    return handshake ? whole : encoded(whole, request.headers.get('accept-encoding'));
  },
});

const intakeReply = async (
  request: HttpRequest,
  requestId: string,
  context: InvocationContext,
  { alerts, clock }: ForAlerts,
): Promise<Reply> => {
  const problem = tooLarge(request.headers);
  if (problem) return problemResponse(problem, requestId);
  const body = new Uint8Array(await request.arrayBuffer());
  const receivedAt = new Date(clock.wall()).toISOString();
  const read = readAlerts({ body, headers: Object.fromEntries(request.headers), receivedAt }, alerts.rules);
  if (read.kind === 'validation') return validationReply(read.code);
  if (read.kind === 'unreadable') return unreadableReply(read, requestId);
  if (read.alerts.length === 0 && read.wrong.length > 0) return noneTaken(read.wrong, requestId);
  try {
    return takenReply(request, await recorded(read, { alerts, clock }), read);
  } catch (fault) {
    context.error('Alerts could not be recorded', { requestId, alerts: read.alerts.length, fault: String(fault) });
    return problemResponse(notRecorded(fault), requestId);
  }
};

/** Milliseconds; the rest of Graph's 3 s is for the way. */
const recordedWithinMs = 2500;

const recorded = (read: Extract<ReadAlerts, { kind: 'alerts' }>, { alerts, clock }: ForAlerts) =>
  within(clock, recordedWithinMs, alerts.intake.accept(read.alerts), () => new Late());

class Late extends Error {
  override readonly name = 'Late';
}

const notRecorded = (fault: unknown) => ({
  status: 503,
  code: 'ServiceUnavailable',
  message:
    fault instanceof Late
      ? 'Not all alerts were recorded in time. Send them again, which does no harm: what is recorded counts once.'
      : "Storage does not take the alerts. Send them again, which does no harm: what is recorded counts once. The log tells more under this request's id.",
  retryAfterSeconds: 5,
});
