/** Where an alert is found. */
import type { HttpRequest } from '@azure/functions';
import { idFault } from '../../enrichment/alertId.ts';

/** @param id one that `idFault` finds nothing wrong with @returns absolute, under the name by which the caller knows the gateway */
export const alertLink = ({ url }: Pick<HttpRequest, 'url'>, id: string): string =>
  `${new URL(url).origin}/gateway/alerts/${encodeURIComponent(id)}`;

export type PathId =
  | { readonly kind: 'id'; readonly id: string }
  | { readonly kind: 'wrong'; readonly message: string };

/** The alert that a path names. The host leaves a slash in it encoded, and decodes all else. */
export const idInPath = ({ params }: Pick<HttpRequest, 'params'>): PathId => {
  const id = (params.id ?? '').replace(/%2f/gi, '/');
  const fault = idFault(id);
  return fault === undefined ? { kind: 'id', id } : { kind: 'wrong', message: `id: it ${fault}` };
};
