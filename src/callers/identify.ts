/**
 * Who sends a request: the application of its token, which is checked here, or the key that the host has checked. Headers such as
 * `x-ms-client-principal` are not read: where the platform does not write them, anybody can.
 */
import type { HttpRequest } from '@azure/functions';
import type { Access } from './access.ts';
import { keyIdOf } from './callerId.ts';
import type { DeviceGroups } from './deviceGroups.ts';
import { anonymous, type CallerIdentity, roles } from './identity.ts';
import { readClaims } from './readClaims.ts';
import type { VerifyToken } from './tokens.ts';

export type Identified =
  | { readonly kind: 'known'; readonly identity: CallerIdentity }
  | { readonly kind: 'unknown'; readonly reason: string; readonly challenge: string }
  | { readonly kind: 'unavailable'; readonly reason: string };

export type Identify = (request: Pick<HttpRequest, 'headers' | 'query'>, access: Access) => Promise<Identified>;

export interface IdentifyOptions {
  /** Undefined where callers are known by the function's keys. */
  readonly verify: VerifyToken | undefined;
  readonly deviceGroups: DeviceGroups;
}

export const createIdentify =
  ({ verify, deviceGroups }: IdentifyOptions): Identify =>
  async (request, access) => {
    if (access === 'open') return { kind: 'known', identity: anonymous };
    const known = (identity: CallerIdentity): Identified => ({
      kind: 'known',
      identity: { ...identity, groups: deviceGroups.get(identity.id) },
    });
    if (access === 'key' || verify === undefined) return known(keyIdentity(request));
    const token = bearerToken(request.headers.get('authorization'));
    if (token === undefined) return unknown(missing, '');
    const verified = await verify(token);
    if (verified.kind === 'unavailable') return verified;
    const read = verified.kind === 'verified' ? readClaims(verified.claims) : verified;
    return read.kind === 'known' ? known(read.identity) : unknown(`The token is refused: ${read.reason}.`, read.reason);
  };

const missing =
  "The request has no token. Send 'Authorization: Bearer <token>', with a token of Entra's for this gateway's application.";

const unknown = (reason: string, description: string): Identified => ({
  kind: 'unknown',
  reason,
  challenge:
    description === ''
      ? 'Bearer'
      : `Bearer error="invalid_token", error_description="${description.replace(/["\\]/g, "'")}"`,
});

const bearerToken = (authorization: string | null): string | undefined =>
  /^Bearer +([\w.~+/=-]+) *$/i.exec(authorization ?? '')?.[1];

/** The host has checked the key; whoever has one may do all that keys are for. */
const keyIdentity = (request: Parameters<Identify>[0]): CallerIdentity => {
  const id = keyIdOf(request) ?? anonymous.id;
  return { id, owner: id, roles: new Set(roles) };
};
