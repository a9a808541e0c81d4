import type { HttpRequest } from '@azure/functions';

/**
 * The query as pairs. The host joins the values of a name that was sent twice by a comma; such a name is given twice here,
 * too, so that it can be refused as what it is.
 */
export const queryOf = ({ query, url }: Pick<HttpRequest, 'query' | 'url'>): readonly (readonly [string, string])[] => {
  const names = [...url.matchAll(/[?&](?:%24|\$)(\w+)=/gi)].map(([, name = '']) => `$${name.toLowerCase()}`);
  const repeated = names.filter((name, i) => names.indexOf(name) < i);
  return [...query, ...[...query].filter(([name]) => repeated.includes(name.toLowerCase()))];
};
