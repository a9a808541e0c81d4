/**
 * Tokens checked by jose, which is loaded with the first of them. What a token says is looked at before its signature: it costs less, and tells
 * more, because Graph's tokens have signatures that only Graph can check.
 */
import { hash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Clock } from '../clock.ts';
import { claimText, plainText } from './claimText.ts';
import { createSigningKeys, type SigningKey, type SigningKeys } from './signingKeys.ts';
import { algorithm, claimsFault, headerFault, type TokenRules } from './tokenRules.ts';
import type { Claims, Verified, VerifyToken } from './tokens.ts';

export interface JoseTokensOptions extends TokenRules {
  /** Where the issuer's keys are (`jwks_uri` of its configuration). */
  readonly keysUrl: string;
  readonly fetch: typeof fetch;
  readonly clock: Clock;
}

/** More than any of Entra's, and what all headers together may have. */
const mostCharacters = 16_384;
/** Tokens whose signature was right are remembered, by their hash. */
const mostRemembered = 1_000;

interface Remembered {
  readonly claims: Claims;
  readonly key: SigningKey;
}

/** A token is as good as the key that signed it: one that the issuer has withdrawn counts no more, whatever is remembered. */
export const joseTokens = (options: JoseTokensOptions): VerifyToken => {
  const keys = createSigningKeys({ url: options.keysUrl, fetch: options.fetch, clock: options.clock });
  const remembered = new LRUCache<string, Remembered>({ max: mostRemembered });
  const verifying = new Map<string, Promise<Verified>>();

  const verifyOnce = async (token: string, digest: string): Promise<Verified> => {
    const { verified, key } = await verify(token, keys, options).catch(uncheckable);
    if (verified.kind === 'verified' && key) remembered.set(digest, { claims: verified.claims, key });
    return verified;
  };

  return async (token) => {
    if (token.length > mostCharacters) return refused(`it is longer than ${mostCharacters} characters`);
    const digest = hash('sha256', token, 'base64');
    const known = remembered.get(digest);
    if (known && (await stillGood(known, keys, options))) return { kind: 'verified', claims: known.claims };
    remembered.delete(digest);
    const under = verifying.get(digest) ?? verifyOnce(token, digest).finally(() => verifying.delete(digest));
    verifying.set(digest, under);
    return under;
  };
};

const stillGood = async ({ claims, key }: Remembered, keys: SigningKeys, options: JoseTokensOptions) => {
  if (claimsFault(claims, options, nowSeconds(options.clock)) !== undefined) return false;
  const found = await keys.keyOf(key.kid);
  return found.kind === 'found' && found.key.n === key.n && found.key.e === key.e;
};

interface Outcome {
  readonly verified: Verified;
  readonly key?: SigningKey;
}

const verify = async (token: string, keys: SigningKeys, options: JoseTokensOptions): Promise<Outcome> => {
  const { compactVerify, decodeJwt, decodeProtectedHeader } = await import('jose');
  const read = orUndefined(() => ({ header: decodeProtectedHeader(token), claims: decodeJwt(token) }));
  if (!read) return refusal('it is no signed JSON web token; send the access token as it was issued');
  const fault = headerFault({ ...read.header }) ?? claimsFault(read.claims, options, nowSeconds(options.clock));
  if (fault !== undefined) return refusal(fault);
  const kid = String(read.header.kid);
  const found = await keys.keyOf(kid);
  if (found.kind === 'unavailable') return { verified: found };
  if (found.kind === 'unknown')
    return refusal(`its key ${claimText(kid)} is none of its issuer's; ask for a new token`);
  // What it says was looked at above, once: here, that it is the issuer who says so.
  return compactVerify(token, { ...found.key }, { algorithms: [algorithm] }).then(
    () => ({ verified: { kind: 'verified', claims: read.claims }, key: found.key }) as const,
    () => refusal("its signature is not that of its issuer's key; ask for a new token"),
  );
};

/** No token can make it so; a file that is missing can. */
const uncheckable = (fault: Error): Outcome => ({
  verified: { kind: 'unavailable', reason: `Callers' tokens can't be checked: ${plainText(fault.message, 200)}` },
});

const nowSeconds = (clock: Clock): number => Math.floor(clock.wall() / 1000);

const refused = (reason: string): Verified => ({ kind: 'refused', reason });

const refusal = (reason: string): Outcome => ({ verified: refused(reason) });

const orUndefined = <T>(read: () => T): T | undefined => {
  try {
    return read();
  } catch {
    return undefined;
  }
};
