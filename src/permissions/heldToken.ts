/**
 * The token that calls to a service are made with, looked at: what it says, and whether the platform has one with more roles by now. Tokens are
 * kept twice, by the platform until they end and here for half their life, so that a role which was granted meanwhile does not show.
 */
import type { Clock } from '../clock.ts';
import type { Token, TokenSource } from '../defender/token.ts';
import { told } from '../toldFault.ts';
import { within } from '../within.ts';
import { hasOne } from './roles.ts';
import { readTokenClaims, type TokenClaims } from './tokenClaims.ts';

export interface ServiceAccess {
  readonly baseUrl: string;
  readonly scope: string;
  /** As the client of Defender uses it. */
  readonly token: Token;
}

export type HeldToken =
  | { readonly kind: 'none'; readonly reason: string }
  | {
      readonly kind: 'token';
      /** Undefined where it is no JSON web token. */
      readonly claims: TokenClaims | undefined;
      readonly newer: Newer;
    };

/** What asking the platform for a newer one came to. */
export type Newer =
  /** The roles that are needed are there. */
  | { readonly kind: 'notAsked' }
  | { readonly kind: 'noMore' }
  | { readonly kind: 'notToBeHad'; readonly reason: string }
  /** The newer one has more roles, and is what calls are made with from now on. */
  | { readonly kind: 'taken'; readonly gained: readonly string[]; readonly before: TokenClaims };

export interface Looking {
  readonly tokens: TokenSource;
  readonly clock: Pick<Clock, 'sleep'>;
}

/** Milliseconds, for each question to the platform. */
const answersWithinMs = 4000;

/** @param wanted for each call, the roles that would do; none where that is not known */
export const lookAtToken = async (
  { scope, token }: ServiceAccess,
  wanted: readonly (readonly string[])[],
  { tokens, clock }: Looking,
): Promise<HeldToken> => {
  const inTime = <T>(asked: Promise<T>): Promise<T> =>
    within(clock, answersWithinMs, asked, () => new Error(`it did not answer within ${answersWithinMs / 1000} s`));
  const fresh = async () => readTokenClaims((await inTime(tokens(scope, true))).token);
  try {
    const bearer = await inTime(token.get());
    const claims = readTokenClaims(bearer);
    if (!claims || hasAll(claims, wanted)) return { kind: 'token', claims, newer: { kind: 'notAsked' } };
    const newer = await compared(claims, fresh);
    if (newer.kind !== 'taken') return { kind: 'token', claims, newer };
    token.refused(bearer);
    return { kind: 'token', claims: readTokenClaims(await inTime(token.get())), newer };
  } catch (fault) {
    return { kind: 'none', reason: told(fault) };
  }
};

const hasAll = ({ roles }: TokenClaims, wanted: readonly (readonly string[])[]): boolean =>
  wanted.every((some) => hasOne(roles, some) === true);

const compared = async (before: TokenClaims, fresh: () => Promise<TokenClaims | undefined>): Promise<Newer> => {
  try {
    const gained = (await fresh())?.roles.filter((role) => !before.roles.includes(role)) ?? [];
    return gained.length > 0 ? { kind: 'taken', gained, before } : { kind: 'noMore' };
  } catch (fault) {
    return { kind: 'notToBeHad', reason: told(fault) };
  }
};
