import type { HttpRequest } from '@azure/functions';

/**
 * `Location` of what was accepted. Not where the key came in the query, by its name in any case of letters: who follows it has no key then, and Logic Apps follow it by themselves,
 * so that a 401 would be what they make of a 202 ("Call external HTTP or HTTPS endpoints from workflows", asynchronous request-response).
 */
export const locationOf = ({ query }: Pick<HttpRequest, 'query'>, link: string): Readonly<Record<string, string>> =>
  [...query.keys()].some((name) => name.toLowerCase() === 'code') ? {} : { location: link };
