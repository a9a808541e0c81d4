import type { HttpRequest } from '@azure/functions';
import { type ListedPage, type ListedState, listedStates } from '../../enrichment/looking/looking.ts';
import type { Caller } from '../../http/caller.ts';
import { collectionReply } from '../../http/collection.ts';
import { readOwnQuery, readWhole } from '../../http/ownQuery.ts';
import type { Reply } from '../../http/reply.ts';
import { readSkipToken, writeSkipToken } from '../../http/skipToken.ts';
import type { HttpFunction } from '../services.ts';
import { alertLink } from './alertLink.ts';
import type { ForAlerts } from './alertServices.ts';
import { alertTriggers } from './alertTriggers.ts';
import { aboutAlerts } from './answering.ts';
import { wrong } from './refusals.ts';

/**
 * GET /gateway/alerts?state=waiting|failed: alerts that wait, the next to be tried first, or that failed, what ended first before others; each with
 * the link to all of it, a page at a time.
 */
export const alerts = (services: ForAlerts): HttpFunction =>
  aboutAlerts({ ...alertTriggers.alerts, answer: (request, caller) => answer(request, caller, services) }, services);

const answer = async (request: HttpRequest, caller: Caller, services: ForAlerts): Promise<Reply> => {
  const query = readOwnQuery(request.query, ['state', '$top', '$skiptoken']);
  if (query.kind === 'wrong') return wrong(query.message, caller);
  const { $top, $skiptoken, ...values } = query.values;
  const state = listedStates.find((each) => each === values.state?.toLowerCase());
  if (state === undefined) return wrong(whichState(values.state), caller);
  const top = readWhole('$top', $top, { usual: 100, most: 1000 });
  if (top.kind === 'wrong') return wrong(top.message, caller);
  const after = $skiptoken === undefined ? undefined : readSkipToken(listOf(state), $skiptoken);
  if ($skiptoken !== undefined && after === undefined) return wrong(lostToken, caller);
  const page = await services.alerts.looking.list(state, top.whole, after);
  return listReply(request, page, (position) => {
    const token = writeSkipToken(listOf(state), position);
    return `state=${state}&$top=${top.whole}&$skiptoken=${token}`;
  });
};

const whichState = (written: string | undefined): string => {
  const said = written === undefined ? 'it is missing' : `'${written.slice(0, 60)}' is not listed`;
  return `state: ${said}; write ${listedStates.map((state) => `state=${state}`).join(' or ')}`;
};

const lostToken = "$skiptoken: it is none of this list's. Follow '@odata.nextLink' as it is, or begin again without it";

/** Which list a token is of. */
const listOf = (state: ListedState): string => `alerts/${state}`;

const listReply = (
  request: HttpRequest,
  { alerts: listed, next }: ListedPage,
  queryOf: (position: string) => string,
): Reply => {
  const { origin } = new URL(request.url);
  const rows = listed.map((one) => ({ ...one, link: alertLink(request, one.alertId) }));
  const nextLink = next === undefined ? undefined : `${origin}/gateway/alerts?${queryOf(next)}`;
  const context = `${origin}/gateway/$metadata#Alerts`;
  return collectionReply('json', { context, nextLink, rows }, { columns: [], fileName: 'alerts' });
};
