import type { HttpRequest } from '@azure/functions';
import { type ListedAlert, listedStates } from '../../enrichment/looking/looking.ts';
import type { Caller } from '../../http/caller.ts';
import { collectionReply } from '../../http/collection.ts';
import { readOwnQuery, readWhole } from '../../http/ownQuery.ts';
import { type Reply, withHeaders } from '../../http/reply.ts';
import type { HttpFunction } from '../services.ts';
import { alertLink } from './alertLink.ts';
import type { ForAlerts } from './alertServices.ts';
import { alertTriggers } from './alertTriggers.ts';
import { aboutAlerts } from './answering.ts';
import { wrong } from './refusals.ts';

/** GET /gateway/alerts?state=waiting|failed: alerts that wait, the next to be tried first, or that failed; each with the link to all of it. */
export const alerts = (services: ForAlerts): HttpFunction =>
  aboutAlerts({ ...alertTriggers.alerts, answer: (request, caller) => answer(request, caller, services) }, services);

const answer = async (request: HttpRequest, caller: Caller, services: ForAlerts): Promise<Reply> => {
  const query = readOwnQuery(request.query, ['state', '$top']);
  if (query.kind === 'wrong') return wrong(query.message, caller);
  const state = listedStates.find((each) => each === query.values.state?.toLowerCase());
  if (state === undefined) return wrong(whichState(query.values.state), caller);
  const top = readWhole('$top', query.values.$top, { usual: 100, most: 1000 });
  if (top.kind === 'wrong') return wrong(top.message, caller);
  const found = await services.alerts.looking.list(state, top.whole + 1);
  return listReply(request, found, top.whole);
};

const whichState = (written: string | undefined): string => {
  const said = written === undefined ? 'it is missing' : `'${written.slice(0, 60)}' is not listed`;
  return `state: ${said}; write ${listedStates.map((state) => `state=${state}`).join(' or ')}`;
};

const listReply = (request: HttpRequest, found: readonly ListedAlert[], top: number): Reply => {
  const rows = found.slice(0, top).map((one) => ({ ...one, link: alertLink(request, one.alertId) }));
  const context = `${new URL(request.url).origin}/gateway/$metadata#Alerts`;
  const reply = collectionReply('json', { context, rows }, { columns: [], fileName: 'alerts' });
  if (found.length <= top) return reply;
  return withHeaders(reply, {
    'x-gateway-warning': `There are more than these ${top}; a higher $top gives up to 1000.`,
  });
};
