import type { HttpRequest } from '@azure/functions';
import type { AlertView } from '../../enrichment/looking/alertView.ts';
import type { Looked } from '../../enrichment/looking/looking.ts';
import type { Caller } from '../../http/caller.ts';
import { readOwnQuery } from '../../http/ownQuery.ts';
import type { Reply } from '../../http/reply.ts';
import { reusableIfConfirmed } from '../../http/reuse.ts';
import type { HttpFunction } from '../services.ts';
import { idInPath } from './alertLink.ts';
import type { ForAlerts } from './alertServices.ts';
import { alertTriggers } from './alertTriggers.ts';
import { aboutAlerts, askedWaitMs } from './answering.ts';
import { unknownAlert, wrong } from './refusals.ts';

/**
 * GET /gateway/alerts/{id}: how an alert stands, what is still to be delivered, and its whole result: this is where the link of a claim leads.
 * With `Prefer: wait=N` it is answered when the alert has ended, or after so many seconds; otherwise at once.
 */
export const alert = (services: ForAlerts): HttpFunction =>
  aboutAlerts(
    { ...alertTriggers.alert, waits: true, answer: (request, caller) => answer(request, caller, services) },
    services,
  );

const answer = async (request: HttpRequest, caller: Caller, { alerts, clock }: ForAlerts): Promise<Reply> => {
  const query = readOwnQuery(request.query, []);
  if (query.kind === 'wrong') return wrong(query.message, caller);
  const path = idInPath(request);
  if (path.kind === 'wrong') return wrong(path.message, caller);
  const looked = await alerts.looking.untilFinal(path.id, askedWaitMs(caller));
  if (!looked) return unknownAlert(path.id, caller);
  return {
    status: 200,
    headers: {
      'content-type': 'application/json; charset=utf-8',
      ...reusableIfConfirmed,
      ...retryAfter(looked.view, clock.wall()),
    },
    body: bodyOf(looked),
  };
};

/** The result goes as it was kept: what is read and written again has other numbers than what came. */
const bodyOf = ({ view, result }: Looked): string => {
  const written = JSON.stringify(view);
  return result === undefined ? written : `${written.slice(0, -1)},"result":${result}}`;
};

const retryAfter = ({ nextTry }: AlertView, now: number): Readonly<Record<string, string>> =>
  nextTry === undefined ? {} : { 'retry-after': String(Math.max(1, Math.ceil((Date.parse(nextTry) - now) / 1000))) };
