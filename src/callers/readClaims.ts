/**
 * From a verified token to who calls. Entra gives an application its roles in `roles`; to a person who signed in through an application, scopes in
 * `scp` ("Access token claims reference"). ID tokens have neither and say who signed in, not who may call: they are refused.
 */
import { isApplicationId } from './callerId.ts';
import { claimText } from './claimText.ts';
import { type CallerIdentity, type Role, roles } from './identity.ts';
import type { Claims } from './tokens.ts';

export type ReadClaims =
  | { readonly kind: 'known'; readonly identity: CallerIdentity }
  /** `reason` is as in `Verified`. */
  | { readonly kind: 'refused'; readonly reason: string };

/** What a person needs: a scope alone, or a role as well. */
export type PeopleNeed = 'scope' | 'role';

export const readClaims = (claims: Claims, people: PeopleNeed = 'scope'): ReadClaims => {
  const application = applicationOf(claims);
  if (application.kind === 'refused') return application;
  return claims.scp === undefined ? ofApplication(application.id, claims) : ofPerson(application.id, claims, people);
};

/** Tokens of version 2.0 name it `azp`, those of 1.0 `appid`. */
const applicationOf = ({ azp, appid }: Claims) => {
  const named = azp ?? appid;
  const id = guid(named);
  if (id === undefined) {
    return refused(`its client application (azp or appid) is ${claimText(named)}, and must be an application's id`);
  }
  if (azp !== undefined && appid !== undefined && guid(appid) !== id) return refused('its azp and appid differ');
  return { kind: 'application', id } as const;
};

const ofApplication = (id: string, { idtyp, oid, sub, roles: given }: Claims): ReadClaims => {
  const isAppOnly = idtyp === 'app' || (idtyp === undefined && guid(oid) !== undefined && oid === sub);
  if (!isAppOnly) return refused("it has no scope (scp) and is none of an application's own; send an access token");
  return known(id, id, Array.isArray(given) ? given : []);
};

/** Through an application a person may do what both may: its scopes, and of these the roles that the person was given, where it was given any. */
const ofPerson = (id: string, { idtyp, oid, scp, roles: given }: Claims, people: PeopleNeed): ReadClaims => {
  const person = guid(oid);
  if (typeof scp !== 'string') return refused('its scopes (scp) are no text');
  if (idtyp === 'app') return refused("it is an application's own (idtyp) and has scopes (scp); it can't have both");
  if (person === undefined) return refused(`its person (oid) is ${claimText(oid)}, and must be an object's id`);
  const scopes = scp.split(' ');
  const may = Array.isArray(given) ? given : people === 'role' ? [] : scopes;
  const both = scopes.filter((scope) => may.includes(scope));
  const read = known(id, `${id}|${person}`, both);
  return { ...read, identity: { ...read.identity, person } };
};

const known = (id: string, owner: string, words: readonly unknown[]): Extract<ReadClaims, { kind: 'known' }> => ({
  kind: 'known',
  identity: { id, owner, roles: new Set<Role>(roles.filter((role) => words.includes(role))) },
});

const guid = (claim: unknown): string | undefined => {
  const id = typeof claim === 'string' ? claim.toLowerCase() : '';
  return isApplicationId(id) ? id : undefined;
};

const refused = (reason: string) => ({ kind: 'refused', reason }) as const;
