/**
 * From a call to Defender's answer, in the service's order: who calls, is there quota, may the caller, what is there.
 */
import { type Answer, refusal, unknownToGraph } from './answer.ts';
import type { QueryOption, Route } from './call.ts';
import { routes } from './routes.ts';
import type { Simulation } from './simulation.ts';
import { type Caller, callerOf } from './token.ts';
import { tooManyCalls } from './tooManyCalls.ts';

export interface Incoming {
  readonly method: string;
  /** As sent. */
  readonly path: string;
  readonly query: string;
  readonly authorization: string | undefined;
  /** When it arrived, on the monotonic clock. */
  readonly arrived: number;
}

export const routeOf = (path: string): Route | undefined => routes.find(({ pattern }) => pattern.test(path));

/**
 * What Defender says, and what it counts: a call without a readable token, or with too long an address, costs nobody
 * any quota, any other costs its tenant and application one.
 */
export const answerCall = (simulation: Simulation, incoming: Incoming): Answer => {
  const { mostUrlBytes } = simulation.dialect.now();
  if (mostUrlBytes !== null && addressOf(incoming).length > mostUrlBytes) return tooLongAddress;
  const route = routeOf(incoming.path);
  if (!route) return refusal(404, 'NotFound', `No HTTP resource was found that matches '${incoming.path}'.`);
  if (route.audience === 'graph' && simulation.preview === 'gone') return unknownToGraph(simulation.clock.wall());
  const { authorization, arrived, method } = incoming;
  const roles = simulation.roles.of(route.name);
  const caller = callerOf(authorization, { roles }, simulation.audiencesOf(route), simulation.clock.wall());
  if (caller.kind === 'unknown') return caller.said;
  const refused = takeQuota(simulation, route, caller, arrived);
  if (refused) return tooManyCalls(refused, caller.tenantId, simulation.retryAfter);
  if (caller.kind === 'refused') return caller.said;
  if (method !== 'GET') return refusal(405, 'BadRequest', `The method ${method} is not allowed.`);
  return answered(simulation, route, incoming);
};

const addressOf = ({ path, query }: Incoming): string => (query === '' ? path : `${path}?${query}`);

/** In the words of HTTP.sys, which stands before Microsoft's services. */
const tooLongAddress: Answer = {
  status: 414,
  body: '<HTML><HEAD><TITLE>URL Too Long</TITLE></HEAD><BODY><h2>URL Too Long</h2><hr><p>HTTP Error 414. The request URL is too long.</p></BODY></HTML>',
  headers: { 'Content-Type': 'text/html; charset=us-ascii' },
};

const takeQuota = (
  { quota, quotasOf }: Simulation,
  route: Route,
  { tenantId, appId }: Exclude<Caller, { kind: 'unknown' }>,
  arrived: number,
) => {
  const keys = quotasOf(route).map(({ key, limits }) => ({ key: `${key} ${tenantId} ${appId}`, limits }));
  return quota.take(keys, arrived);
};

const answered = (simulation: Simulation, route: Route, { path, query }: Incoming): Answer => {
  const value = decoded(route.pattern.exec(path)?.[1] ?? '');
  const options = queryOptions(query);
  if (value === undefined || options === undefined)
    return refusal(400, 'BadRequest', 'The URL holds an escape that is not valid UTF-8.');
  const version = /^\/api\/v1\.0\//i.test(path) ? '/v1.0' : '';
  const { fleet, paging, dialect } = simulation;
  const base = simulation.baseOf(route) + version;
  return route.answer({ fleet, paging, dialect: dialect.now(), query: options, value, base });
};

const queryOptions = (query: string): QueryOption[] | undefined => {
  const options: QueryOption[] = [];
  for (const piece of query.split('&').filter((text) => text !== '')) {
    const [, written = '', text = ''] = /^([^=]*)=?(.*)$/s.exec(piece) ?? [];
    const [name, value] = [decoded(written.replaceAll('+', ' ')), decoded(text.replaceAll('+', ' '))];
    if (name === undefined || value === undefined) return undefined;
    options.push({ name, value });
  }
  return options;
};

const decoded = (text: string): string | undefined => {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
};
