/** The checks Defender makes of a bearer token, without those of its signature: any unsigned token will do. */
import { type Answer, refusal } from './answer.ts';
import type { Route } from './call.ts';

/** What tokens must be for: the names registered for WindowsDefenderATP, not those of api.security.microsoft.com. */
export const defenderAudiences: readonly string[] = [
  'https://api.securitycenter.microsoft.com',
  'https://api-us.securitycenter.microsoft.com',
  'https://api-eu.securitycenter.microsoft.com',
  'https://api-uk.securitycenter.microsoft.com',
  'https://api-gcc.securitycenter.microsoft.us',
  'https://api-gov.securitycenter.microsoft.us',
  'https://api.securitycenter.windows.com',
  'https://api.securitycenter.windows.us',
  'https://securitycenter.onmicrosoft.com/windowsatpservice',
  'fc780465-2017-40d4-a0c5-307022471b92',
];

export const graphAudiences: readonly string[] = [
  'https://graph.microsoft.com',
  '00000003-0000-0000-c000-000000000000',
];

export type Caller =
  | { readonly kind: 'known'; readonly tenantId: string; readonly appId: string; readonly roles: readonly string[] }
  | { readonly kind: 'unknown'; readonly said: Answer }
  /** Its tenant and application are known, so the call costs them quota. */
  | { readonly kind: 'refused'; readonly tenantId: string; readonly appId: string; readonly said: Answer };

/**
 * Who calls. 401 without a token that can be read and is in force, 403 for another audience or a missing role.
 *
 * @param wall milliseconds since 1970
 */
export const callerOf = (
  authorization: string | undefined,
  { roles: wanted }: Pick<Route, 'roles'>,
  audiences: readonly string[],
  wall: number,
): Caller => {
  const claims = claimsOf(authorization);
  if (!claims)
    return { kind: 'unknown', said: refusal(401, 'Unauthorized', 'The bearer token is missing or invalid.') };
  if (Number(claims.exp) * 1000 <= wall) return { kind: 'unknown', said: expired() };
  if (Number(claims.nbf ?? 0) * 1000 > wall) return { kind: 'unknown', said: notYet() };
  const [tenantId, appId, roles] = [String(claims.tid), String(claims.appid ?? claims.azp), textsOf(claims.roles)];
  if (!audiences.includes(String(claims.aud).replace(/\/$/, '')))
    return { kind: 'refused', tenantId, appId, said: refusal(403, 'Forbidden', `Invalid audience '${claims.aud}'.`) };
  if (wanted.length > 0 && !wanted.some((role) => roles.includes(role)))
    return { kind: 'refused', tenantId, appId, said: missingRoles(wanted, roles) };
  return { kind: 'known', tenantId, appId, roles };
};

export const expired = (): Answer => refusal(401, 'Unauthorized', 'The access token expired.');

const notYet = (): Answer => refusal(401, 'Unauthorized', 'The access token is not valid yet.');

/** In the words of a refusal captured in July 2026 (Azure-Sentinel pull request 14672). */
const missingRoles = (wanted: readonly string[], roles: readonly string[]): Answer =>
  refusal(
    403,
    'Forbidden',
    `Missing application roles. API required roles: ${wanted.join(',')}, application roles: ${roles.join(',')}.`,
  );

const claimsOf = (authorization: string | undefined): Readonly<Record<string, unknown>> | undefined => {
  const [, payload] = /^Bearer [\w-]+\.([\w-]+)\.[\w-]*$/i.exec(authorization ?? '') ?? [];
  if (payload === undefined) return undefined;
  try {
    const claims: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString());
    const read = typeof claims === 'object' && claims !== null ? { ...claims } : {};
    return 'exp' in read && 'aud' in read ? read : undefined;
  } catch {
    return undefined;
  }
};

const textsOf = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);
