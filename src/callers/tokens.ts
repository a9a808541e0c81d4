/** The claims of a token, of any kind that JSON has. */
export type Claims = Readonly<Record<string, unknown>>;

export type Verified =
  | { readonly kind: 'verified'; readonly claims: Claims }
  /** It is not what it should be; `reason` says what would be right, in printable ASCII, and repeats nothing secret. */
  | { readonly kind: 'refused'; readonly reason: string }
  /** Whether it is can't be told now: the issuer's keys can't be had. */
  | { readonly kind: 'unavailable'; readonly reason: string };

/** Checks a token's signature, issuer, audience and time. It never throws. */
export type VerifyToken = (token: string) => Promise<Verified>;
