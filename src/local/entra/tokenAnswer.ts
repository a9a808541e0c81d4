/** What Entra's token endpoint says to client credentials ("OAuth 2.0 client credentials flow"), as a value. */
import { randomUUID } from 'node:crypto';
import type { Application, IssuerSettings } from './issuerSettings.ts';

export type TokenAnswer =
  | { readonly kind: 'granted'; readonly application: Application }
  | { readonly kind: 'refused'; readonly status: 400 | 401; readonly body: object };

/** @param form the request's fields */
export const tokenAnswer = (settings: IssuerSettings, form: URLSearchParams): TokenAnswer => {
  const grant = form.get('grant_type');
  if (grant !== 'client_credentials') {
    return refused(
      400,
      'unsupported_grant_type',
      `AADSTS70003: The app requested an unsupported grant type '${grant}'.`,
    );
  }
  const id = form.get('client_id');
  const application = settings.applications.find((one) => one.id === id?.toLowerCase());
  if (!application) {
    const message = `AADSTS700016: Application with identifier '${id}' was not found in the directory.`;
    return refused(400, 'unauthorized_client', message);
  }
  if (form.get('client_secret') !== application.secret) {
    return refused(401, 'invalid_client', `AADSTS7000215: Invalid client secret provided for app '${id}'.`);
  }
  return isScope(settings, form.get('scope'))
    ? { kind: 'granted', application }
    : refused(400, 'invalid_scope', `AADSTS70011: The scope must be ${settings.audience.uri}/.default here.`);
};

const isScope = ({ audience: { uri, clientId } }: IssuerSettings, scope: string | null): boolean =>
  scope === `${uri}/.default` || scope === `${clientId}/.default`;

const refused = (status: 400 | 401, error: string, error_description: string): TokenAnswer => ({
  kind: 'refused',
  status,
  body: { error, error_description, trace_id: randomUUID(), correlation_id: randomUUID() },
});
