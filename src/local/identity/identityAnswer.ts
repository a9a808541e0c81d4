/**
 * What App Service's identity endpoint says to one request ("How to use managed identities for App Service and
 * Azure Functions", REST endpoint reference), as a value.
 */
import { randomUUID } from 'node:crypto';
import type { IdentitySettings } from './identitySettings.ts';
import { unsignedToken } from './unsignedToken.ts';

export interface IdentityRequest {
  /** The `x-identity-header` it came with. */
  readonly header: string | undefined;
  readonly query: URLSearchParams;
}

export interface IdentityAnswer {
  readonly status: number;
  readonly body: object;
  readonly retryAfter?: number | undefined;
}

const apiVersion = '2019-08-01';
const systemAssigned = '7a3c0f52-6f0e-4c8b-9d0a-5b1d3c2e4f60';

/**
 * The token, or the protocol's refusal.
 *
 * @param nowSeconds seconds since 1970; the token is good from then on
 */
export const identityAnswer = (
  settings: IdentitySettings,
  { header, query }: IdentityRequest,
  nowSeconds: number,
): IdentityAnswer => {
  if (settings.fail) return failed(settings.fail.status, settings.fail.retryAfter);
  if (header !== settings.header) return refused(401, 'The x-identity-header is missing or is not this instance’s.');
  if (query.get('api-version') !== apiVersion) return refused(400, `The api-version must be ${apiVersion}.`);
  const resource = query.get('resource');
  if (!resource) return refused(400, "The parameter 'resource' is missing.");
  const asked = query.get('client_id');
  if (settings.clientId && asked && asked !== settings.clientId) return refused(400, unknownIdentity);
  return granted(settings, resource, asked ?? settings.clientId ?? systemAssigned, nowSeconds);
};

const unknownIdentity =
  'No User Assigned or Delegated Managed Identity found for specified ClientId/ResourceId/PrincipalId.';

const granted = (
  { tenantId, roles, rolesByResource, ageSeconds, audience, lifetimeSeconds }: IdentitySettings,
  resource: string,
  clientId: string,
  now: number,
): IdentityAnswer => {
  const made = now - ageSeconds;
  const claims = {
    aud: audience ?? resource,
    iss: `https://sts.windows.net/${tenantId}/`,
    iat: made,
    nbf: made,
    exp: made + lifetimeSeconds,
    appid: clientId,
    oid: clientId,
    roles: rolesByResource[resource] ?? roles,
    tid: tenantId,
    jti: randomUUID(),
  };
  const access_token = unsignedToken(claims);
  const expires_on = String(claims.exp);
  return { status: 200, body: { access_token, client_id: clientId, expires_on, resource, token_type: 'Bearer' } };
};

const refused = (statusCode: number, message: string): IdentityAnswer => ({
  status: statusCode,
  body: { statusCode, message, correlationId: randomUUID() },
});

const failed = (status: number, retryAfter: number | undefined): IdentityAnswer => ({
  ...refused(status, 'An unexpected error occurred while fetching the AAD token.'),
  retryAfter,
});
