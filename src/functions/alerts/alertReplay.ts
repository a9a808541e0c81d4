import type { HttpRequest } from '@azure/functions';
import { alertKeyOf } from '../../enrichment/alertId.ts';
import type { Caller } from '../../http/caller.ts';
import { readOwnQuery } from '../../http/ownQuery.ts';
import type { Reply } from '../../http/reply.ts';
import { notReusable } from '../../http/reuse.ts';
import type { HttpFunction } from '../services.ts';
import { alertLink, idInPath } from './alertLink.ts';
import type { ForAlerts } from './alertServices.ts';
import { alertTriggers } from './alertTriggers.ts';
import { aboutAlerts } from './answering.ts';
import { locationOf } from './location.ts';
import { unknownAlert, wrong } from './refusals.ts';

/** POST /gateway/alerts/{id}/replay: an alert that has ended begins anew, and has another result; one that waits is tried at once. */
export const alertReplay = (services: ForAlerts): HttpFunction =>
  aboutAlerts(
    { ...alertTriggers.alertReplay, answer: (request, caller) => answer(request, caller, services) },
    services,
  );

const answer = async (request: HttpRequest, caller: Caller, { alerts }: ForAlerts): Promise<Reply> => {
  const query = readOwnQuery(request.query, []);
  if (query.kind === 'wrong') return wrong(query.message, caller);
  const path = idInPath(request);
  if (path.kind === 'wrong') return wrong(path.message, caller);
  const status = await alerts.replay.replay(alertKeyOf(path.id));
  if (status === undefined) return unknownAlert(path.id, caller);
  const link = alertLink(request, path.id);
  return {
    status: 202,
    headers: { 'content-type': 'application/json; charset=utf-8', ...notReusable, ...locationOf(request, link) },
    body: JSON.stringify({ alertId: path.id, status, link }),
  };
};
