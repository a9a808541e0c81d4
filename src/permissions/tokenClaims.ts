/** What an access token says of itself. It is not verified: only Defender can, and what is read here is shown and decides nothing of a caller's. */
import * as z from 'zod/mini';

export interface TokenClaims {
  /** What it is for, as written. */
  readonly audience?: string | undefined;
  /** Application roles; empty where it has none. */
  readonly roles: readonly string[];
  /** Milliseconds since 1970. */
  readonly issuedAt?: number | undefined;
  readonly expiresAt?: number | undefined;
  readonly clientId?: string | undefined;
  readonly objectId?: string | undefined;
  readonly tenantId?: string | undefined;
}

/** What no date can hold is no time. */
const instant = z.catch(z.optional(z.number().check(z.minimum(0), z.maximum(253_402_300_799))), undefined);
const text = z.catch(z.optional(z.string()), undefined);

const payload = z.object({
  aud: z.catch(z.optional(z.union([z.string(), z.array(z.string())])), undefined),
  roles: z.catch(z.optional(z.array(z.string())), undefined),
  iat: instant,
  nbf: instant,
  exp: instant,
  appid: text,
  azp: text,
  oid: text,
  tid: text,
});

/** @returns undefined where it is no JSON web token */
export const readTokenClaims = (token: string): TokenClaims | undefined => {
  const [, written] = /^[\w-]+\.([\w-]+)\.[\w-]*$/.exec(token) ?? [];
  const read = written === undefined ? undefined : payload.safeParse(jsonIn(written));
  if (!read?.success) return undefined;
  const { aud, roles = [], iat, nbf, exp, appid, azp, oid, tid } = read.data;
  return {
    audience: Array.isArray(aud) ? aud.join(' ') : aud,
    roles,
    issuedAt: milliseconds(iat ?? nbf),
    expiresAt: milliseconds(exp),
    clientId: appid ?? azp,
    objectId: oid,
    tenantId: tid,
  };
};

const jsonIn = (base64url: string): unknown => {
  try {
    const bytes = Uint8Array.from(atob(base64url.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0));
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
};

const milliseconds = (seconds: number | undefined): number | undefined =>
  seconds === undefined ? undefined : Math.floor(seconds * 1000);

/** An instant as people read it: `2026-11-22 01:33 UTC`. @param at milliseconds since 1970 */
export const minuteOf = (at: number): string => `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
