/**
 * Who sends a request: the application of its token, which is checked here, or the key that the host has checked. Headers such as
 * `x-ms-client-principal` are not read: where the platform does not write them, anybody can.
 */
import type { HttpRequest } from '@azure/functions';
import type { Access } from './access.ts';
import { keyIdOf } from './callerId.ts';
import { type DeviceGroups, groupsOf } from './deviceGroups.ts';
import { anonymous, type CallerIdentity, roles } from './identity.ts';
import { type PeopleNeed, readClaims } from './readClaims.ts';
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
  /** `scope` unless told. */
  readonly people?: PeopleNeed;
}

export const createIdentify =
  ({ verify, deviceGroups, people }: IdentifyOptions): Identify =>
  async (request, access) => {
    if (access === 'open') return { kind: 'known', identity: anonymous };
    const known = (identity: CallerIdentity): Identified => ({
      kind: 'known',
      identity: { ...identity, groups: groupsOf(deviceGroups, identity) },
    });
    if (access === 'key' || verify === undefined) {
      const id = keyIdOf(request);
      return id === undefined ? unknown(severalKeys, '') : known({ id, owner: id, roles: new Set(roles) });
    }
    const token = bearerToken(request.headers.get('authorization'));
    if (token === undefined) return unknown(missing, '');
    const verified = await verify(token);
    if (verified.kind === 'unavailable') return verified;
    const read = verified.kind === 'verified' ? readClaims(verified.claims, people) : verified;
    return read.kind === 'known' ? known(read.identity) : unknown(`The token is refused: ${read.reason}.`, read.reason);
  };

const missing =
  "The request has no token. Send 'Authorization: Bearer <token>', with a token of Entra's for this gateway's application.";

/** The host lets nobody in without a key; where we find none, there is more than one. */
const severalKeys =
  "It can't be told which key the request is sent with. Send one, once: as the header x-functions-key, or as ?code= of the address.";

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
