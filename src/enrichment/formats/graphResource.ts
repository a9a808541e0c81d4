/**
 * Which alert a change notification is about. Graph writes `security/alerts/{id}` ("Set up change notifications", supported resources), Event
 * Grid's sample has the bare id ("Microsoft Security Alert events"), and OData allows `alerts_v2('{id}')` as well.
 */
import { type Members, membersOf, textOf, unescaped } from './members.ts';

export type InResource =
  | { readonly kind: 'alert'; readonly field: string; readonly id: string | undefined }
  | { readonly kind: 'wrong'; readonly message: string };

export const alertInResource = (notification: Members): InResource => {
  const resource = present(notification.resource);
  const data = membersOf(notification.resourceData);
  if (!isAboutAlert(resource, data)) {
    return {
      kind: 'wrong',
      message: `resource "${(resource ?? '').slice(0, 120)}" is no alert; subscribe to security/alerts.`,
    };
  }
  const id = present(data.id);
  if (id !== undefined || resource === undefined) return { kind: 'alert', field: 'resourceData.id', id };
  return { kind: 'alert', field: 'resource', id: idIn(resource) };
};

/** `NA` is what Graph writes where there is nothing. */
const present = (value: unknown): string | undefined => {
  const text = textOf(value);
  return text === 'NA' ? undefined : text;
};

const collection = /(?:^|\/)alerts(?:_v2)?(?=[/(?]|$)/i;

const isAboutAlert = (resource: string | undefined, data: Members): boolean =>
  resource === undefined ||
  collection.test(resource) ||
  !/[/(]/.test(resource) ||
  /(?:^|[.#])alert$/i.test(textOf(data['@odata.type']) ?? '');

const idIn = (resource: string): string | undefined => {
  const [path = ''] = resource.split(/[?#]/);
  const last = path.split('/').findLast((segment) => segment !== '') ?? '';
  const [, quoted] = /^[^(]*\('([^']+)'\)$/.exec(last) ?? [];
  return quoted ?? (collection.test(last) ? undefined : unescaped(last));
};
