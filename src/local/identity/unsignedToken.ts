/** What an access token of an application says of itself (version 1.0 access tokens). */
export interface TokenClaims {
  readonly aud: string;
  readonly iss: string;
  /** Seconds since 1970, like `nbf` and `exp`. */
  readonly iat: number;
  readonly nbf: number;
  readonly exp: number;
  readonly appid: string;
  readonly oid: string;
  readonly roles: readonly string[];
  readonly tid: string;
  readonly jti: string;
}

/**
 * A JSON web token with an empty signature (RFC 7519, section 6). The stand-ins read its claims; no real service
 * takes it.
 */
export const unsignedToken = (claims: TokenClaims): string =>
  `${encoded({ alg: 'none', typ: 'JWT' })}.${encoded({ ...claims, sub: claims.oid, idtyp: 'app', ver: '1.0' })}.`;

const encoded = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
