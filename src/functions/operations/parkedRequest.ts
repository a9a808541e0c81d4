/** A request as it is kept, and made again. Only headers that are named here are kept, so that no key, token or cookie is. */
import { HttpRequest } from '@azure/functions';
import type { CallerIdentity } from '../../callers/identity.ts';
import type { Caller } from '../../http/caller.ts';
import { readDictionary } from '../../http/dictionary.ts';
import type { ParkedCaller, ParkedRequest } from '../../operations/operation.ts';

/** How an answer is asked for. Compression and conditions are for whoever fetches it. */
const kept = ['accept', 'cache-control', 'pragma', 'priority', 'traceparent'];

export const parkedRequest = (functionName: string, request: HttpRequest, { requestId }: Caller): ParkedRequest => {
  const headers = kept.flatMap((name) => {
    const value = request.headers.get(name);
    return value === null ? [] : [[name, value] as const];
  });
  return {
    functionName,
    url: withoutKey(request.url),
    query: Object.fromEntries([...request.query].filter(([name]) => !isKey(name))),
    params: { ...request.params },
    headers: { ...Object.fromEntries(headers), 'x-request-id': requestId },
  };
};

export const parkedCaller = ({ id, owner, roles, groups }: CallerIdentity): ParkedCaller => ({
  id,
  owner,
  roles: [...roles],
  ...(groups === undefined ? {} : { groups: [...groups] }),
});

export const identityOf = ({ id, owner, roles, groups }: ParkedCaller): CallerIdentity => ({
  id,
  owner,
  roles: new Set(roles),
  ...(groups === undefined ? {} : { groups: new Set(groups) }),
});

/** Nobody waits for what was parked, so it goes before what others wait for only where its caller says how urgent it is. */
export const unhurried = ({ headers: { priority } }: ParkedRequest): Readonly<Record<string, string>> => {
  const asked = readDictionary(priority ?? '')?.get('u') ?? '';
  return /^[0-7]$/.test(asked) ? {} : { priority: 'u=4' };
};

/** @param headers over those that were kept */
export const requestAgain = (
  { url, query, params, headers: own }: ParkedRequest,
  headers: Readonly<Record<string, string>>,
): HttpRequest =>
  new HttpRequest({ method: 'GET', url, headers: { ...own, ...headers }, query: { ...query }, params: { ...params } });

/** Whether a request brings its key in its address ("Work with access keys in Azure Functions"). */
export const hasKeyInQuery = ({ query }: Pick<HttpRequest, 'query'>): boolean => [...query.keys()].some(isKey);

const isKey = (name: string): boolean => name.toLowerCase() === 'code';

/** All else stays as it was written. */
const withoutKey = (url: string): string => {
  const [path = '', query] = url.replace(/#.*$/s, '').split(/\?(.*)/s);
  const left = (query ?? '').split('&').filter((pair) => pair !== '' && !isKey(decoded(pair.replace(/=.*$/s, ''))));
  return left.length === 0 ? path : `${path}?${left.join('&')}`;
};

const decoded = (name: string): string => {
  try {
    return decodeURIComponent(name.replaceAll('+', ' '));
  } catch {
    return name;
  }
};
