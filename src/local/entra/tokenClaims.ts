/** What Entra writes into an access token ("Access token claims reference"), in both versions. */
import { randomUUID } from 'node:crypto';
import type { Application, IssuerSettings } from './issuerSettings.ts';

export type TokenClaims = Readonly<Record<string, unknown>>;

/**
 * @param url of the issuer
 * @param now seconds since 1970
 */
export const tokenClaims = (
  { tenantId, audience, version, lifetimeSeconds }: IssuerSettings,
  application: Application,
  url: string,
  now: number,
): TokenClaims => ({
  aud: version === 1 ? audience.uri : audience.clientId,
  iss: issuerName(url, tenantId, version),
  iat: now,
  // Entra's begin five minutes before they are given out.
  nbf: now - 300,
  exp: now + lifetimeSeconds,
  ...(version === 1 ? { appid: application.id, appidacr: '1' } : { azp: application.id, azpacr: '1' }),
  ...subject(application),
  tid: tenantId,
  uti: randomUUID(),
  ver: `${version}.0`,
});

/** Version 1 has the name of Entra's old host in every cloud; version 2 that of the authority. */
export const issuerName = (url: string, tenantId: string, version: 1 | 2): string =>
  version === 1 ? `https://sts.windows.net/${tenantId}/` : `${url}/${tenantId}/v2.0`;

/** A person's `sub` is for the application alone, so it is never the `oid`. */
const subject = ({ objectId, roles, person }: Application): TokenClaims =>
  person
    ? { oid: person.objectId, sub: `for-${objectId}`, scp: person.scopes.join(' ') }
    : { oid: objectId, sub: objectId, idtyp: 'app', roles };
