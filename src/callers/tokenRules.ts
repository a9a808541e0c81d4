/**
 * What a token has to say for itself before its signature counts. Each fault is a reason that follows on "The token is refused: "; it says what
 * would be right, and of the token it repeats a claim at most.
 */
import { claimText } from './claimText.ts';
import type { Claims } from './tokens.ts';

export interface TokenRules {
  /** What its `aud` may be, to the letter. */
  readonly audiences: readonly string[];
  /** What its `iss` may be, to the letter. Each has its tenant's id in the path. */
  readonly issuers: readonly string[];
}

/** How far its issuer's clock may be off; seconds. */
export const toleranceSeconds = 60;

/** The one algorithm that Entra signs access tokens with ("Access tokens in the Microsoft identity platform"). */
export const algorithm = 'RS256';

/** Keys that the header itself brings (`jwk`, `jku`, `x5u`, `x5c`) are not looked at: only the issuer's own key of that name counts. */
export const headerFault = ({ alg, kid, crit }: Readonly<Record<string, unknown>>): string | undefined => {
  if (alg !== algorithm) return `it is signed by ${claimText(alg)}, and must be signed by ${algorithm}`;
  if (crit !== undefined) return "its header has 'crit', which nothing here understands";
  if (typeof kid !== 'string' || kid === '') return "its header names no key; 'kid' must be one of the issuer's";
  return undefined;
};

/** @param nowSeconds since 1970 */
export const claimsFault = (claims: Claims, rules: TokenRules, nowSeconds: number): string | undefined =>
  audienceFault(claims, rules) ?? issuerFault(claims, rules) ?? timeFault(claims, nowSeconds);

const audienceFault = ({ aud }: Claims, { audiences }: TokenRules): string | undefined =>
  typeof aud === 'string' && audiences.includes(aud)
    ? undefined
    : `it is for ${claimText(aud)}, and must be for ${oneOf(audiences)}`;

const issuerFault = ({ iss, tid }: Claims, { issuers }: TokenRules): string | undefined => {
  if (typeof iss !== 'string' || !issuers.includes(iss)) {
    return `it was issued by ${claimText(iss)}, and must be issued by ${oneOf(issuers)}`;
  }
  const isTenantOf = typeof tid === 'string' && tid !== '' && pathOf(iss).includes(tid);
  return isTenantOf ? undefined : `its tenant (tid) is ${claimText(tid)}, and must be that of its issuer`;
};

const pathOf = (issuer: string): readonly string[] => issuer.split('/').slice(3);

const timeFault = ({ nbf, exp }: Claims, now: number): string | undefined => {
  if (!isInstant(exp)) return 'it has no end; exp must be a number of seconds since 1970';
  if (!isInstant(nbf)) return 'it has no beginning; nbf must be a number of seconds since 1970';
  if (now >= exp + toleranceSeconds) return `it ended at ${instant(exp)}; ask for a new one`;
  if (now < nbf - toleranceSeconds) return `it is not good before ${instant(nbf)}; here it is ${instant(now)}`;
  return undefined;
};

/** Up to the year 9999. */
const isInstant = (claim: unknown): claim is number =>
  typeof claim === 'number' && claim >= 0 && claim < 253_402_300_800;

const instant = (seconds: number): string => `${new Date(Math.floor(seconds) * 1000).toISOString().slice(0, 19)}Z`;

const oneOf = (right: readonly string[]): string => right.slice(0, 3).join(' or ');
