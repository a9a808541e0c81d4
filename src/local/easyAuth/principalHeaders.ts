/** Who calls, as the platform tells the code behind it ("Work with user identities in Azure App Service authentication"). */
import type { CheckedClaims } from './checkToken.ts';

/** What only the platform may say; from outside it is dropped. */
export const isPlatformHeader = (name: string): boolean => /^x-ms-(?:client-principal|token-aad-)/i.test(name);

/** A name is there for people only. */
export const principalHeaders = (claims: CheckedClaims): readonly (readonly [string, string])[] => {
  const name = claims.preferred_username ?? claims.upn;
  return [
    ['X-MS-CLIENT-PRINCIPAL', Buffer.from(JSON.stringify(principal(claims))).toString('base64')],
    ['X-MS-CLIENT-PRINCIPAL-ID', claims.oid ?? ''],
    ['X-MS-CLIENT-PRINCIPAL-IDP', 'aad'],
    ...(typeof name === 'string' ? [['X-MS-CLIENT-PRINCIPAL-NAME', name] as const] : []),
  ];
};

const principal = (claims: CheckedClaims): object => ({
  auth_typ: 'aad',
  claims: Object.entries(claims).flatMap(([typ, value]) => [value].flat().map((val) => claim(typ, val))),
  name_typ: 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress',
  role_typ: 'http://schemas.microsoft.com/ws/2008/06/identity/claims/role',
});

const claim = (typ: string, val: unknown): object => ({ typ: longNames[typ] ?? typ, val: String(val) });

/** Some claims are renamed on the way (the default claims mapping). */
const longNames: Readonly<Record<string, string>> = {
  oid: 'http://schemas.microsoft.com/identity/claims/objectidentifier',
  tid: 'http://schemas.microsoft.com/identity/claims/tenantid',
  sub: 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/nameidentifier',
  scp: 'http://schemas.microsoft.com/identity/claims/scope',
};
