/**
 * POST /gateway/alerts, and /gateway/hooks/alerts for webhooks: alerts come in, in any of the formats. They are read, recorded and queued, and that is
 * all that their sender waits for; Graph gives it 3 s ("Receive change notifications through webhooks").
 */
import type { HttpRequest, InvocationContext } from '@azure/functions';
import { readAlerts } from '../../enrichment/formats/readAlerts.ts';
import { readCaller } from '../../http/caller.ts';
import { encoded } from '../../http/encoded.ts';
import { problemResponse } from '../../http/problem.ts';
import { type Reply, withHeaders } from '../../http/reply.ts';
import type { HttpFunction } from '../services.ts';
import type { HttpTrigger } from '../triggers.ts';
import type { ForAlerts } from './alertServices.ts';
import { handshakeReply, validationReply } from './handshakes.ts';
import { recorded } from './recorded.ts';
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
  services: ForAlerts,
): Promise<Reply> => {
  const { alerts, clock } = services;
  const until = clock.monotonic() + answeredWithinMs;
  const problem = tooLarge(request.headers);
  if (problem) return problemResponse(problem, requestId);
  const body = new Uint8Array(await request.arrayBuffer());
  const receivedAt = new Date(clock.wall()).toISOString();
  const read = readAlerts({ body, headers: Object.fromEntries(request.headers), receivedAt }, alerts.rules);
  if (read.kind === 'validation') return validationReply(read.code);
  if (read.kind === 'unreadable') return unreadableReply(read, requestId);
  // A notice of Graph's that a subscription ends stands in no answer that anybody reads.
  for (const { place, message } of read.ignored.slice(0, mostLogged))
    context.warn('An event is no alert', { requestId, place, said: message });
  if (read.alerts.length === 0 && read.wrong.length > 0) return noneTaken(read.wrong, requestId);
  const outcome = await recorded(read.alerts, until - clock.monotonic(), services, (fields) =>
    context.error('Alerts could not be recorded', { requestId, ...fields }),
  );
  if (outcome.kind === 'unrecorded') return problemResponse(outcome.problem, requestId);
  return takenReply(request, outcome.accepted, read);
};

/** Lines of one request: it may name thousands of machines that are none. */
const mostLogged = 10;

/** Milliseconds; the rest of Graph's 3 s is for the way. */
const answeredWithinMs = 2500;
