/** The platform's own look at a bearer token, made without the gateway's: two walls of the same stones would fall together. */
import { createPublicKey, verify } from 'node:crypto';
import * as z from 'zod';
import { systemClock } from '../../clock.ts';

export interface TokenChecks {
  readonly issuers: readonly string[];
  readonly audiences: readonly string[];
  readonly keysUrl: string;
}

const header = z.object({ alg: z.literal('RS256'), kid: z.string() });

const claims = z.looseObject({
  iss: z.string(),
  aud: z.string(),
  exp: z.number(),
  nbf: z.number(),
  oid: z.string().optional(),
  azp: z.string().optional(),
  appid: z.string().optional(),
});

export type CheckedClaims = z.output<typeof claims>;

const keySet = z.object({ keys: z.array(z.looseObject({ kid: z.string(), kty: z.literal('RSA') })) });

/** Seconds that the clocks may differ, as Microsoft's library has it (`TokenValidationParameters.DefaultClockSkew`). */
const skewSeconds = 300;

/** @returns what the token says; undefined where it is not right. Keys are asked for anew for each token. */
export const checkToken = async (token: string, checks: TokenChecks): Promise<CheckedClaims | undefined> => {
  const [head = '', body = '', signature = '', ...rest] = token.split('.');
  const [read, said] = [header.safeParse(parsed(head)), claims.safeParse(parsed(body))];
  if (!read.success || !said.success || rest.length > 0) return undefined;
  const isSigned = await isSignedBy(read.data.kid, checks.keysUrl, `${head}.${body}`, signature);
  return isSigned && isRight(said.data, checks) ? said.data : undefined;
};

const isRight = ({ iss, aud, exp, nbf }: CheckedClaims, { issuers, audiences }: TokenChecks): boolean => {
  const now = systemClock.wall() / 1000;
  return issuers.includes(iss) && audiences.includes(aud) && now < exp + skewSeconds && now > nbf - skewSeconds;
};

const isSignedBy = async (kid: string, keysUrl: string, text: string, signature: string): Promise<boolean> => {
  const answered = await fetch(keysUrl);
  const key = keySet.safeParse(await answered.json()).data?.keys.find((one) => one.kid === kid);
  if (!key) return false;
  const publicKey = createPublicKey({ key, format: 'jwk' });
  return verify('sha256', Buffer.from(text), publicKey, Buffer.from(signature, 'base64url'));
};

const parsed = (part: string): unknown => {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
};
