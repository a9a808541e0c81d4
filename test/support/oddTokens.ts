/** Tokens that must open nothing: each is a right one of the issuer's but for what its name says. */
import { publicEncrypt, randomUUID } from 'node:crypto';
import type { RunningIssuer } from '../../src/local/entra/issuer.ts';
import { newKey } from '../../src/local/entra/keyRing.ts';
import { signToken } from '../../src/local/entra/signToken.ts';

export type OddTokens = Readonly<Record<string, string>>;

/** @param applicationId of a registered one, whose right token is served */
export const oddTokens = async (issuer: RunningIssuer, applicationId: string): Promise<OddTokens> => {
  const right = issuer.claimsFor(applicationId);
  return { ...oddClaims(issuer, right), ...(await oddSignatures(issuer, right)) };
};

type Claims = ReturnType<RunningIssuer['claimsFor']>;

const without = (claims: Claims, ...names: readonly string[]): Claims =>
  Object.fromEntries(Object.entries(claims).filter(([name]) => !names.includes(name)));

const oddClaims = ({ signed, issuers, tenantId }: RunningIssuer, right: Claims): OddTokens => {
  const { iat: now, aud, iss } = right as { readonly iat: number; readonly aud: string; readonly iss: string };
  const stranger = randomUUID();
  return {
    'for another audience': signed({ ...right, aud: 'https://management.azure.com' }),
    'for an audience with a slash more': signed({ ...right, aud: `${aud}/` }),
    'for several audiences': signed({ ...right, aud: [aud, 'https://graph.microsoft.com'] }),
    'without an audience': signed(without(right, 'aud')),
    'of another issuer': signed({ ...right, iss: iss.replace(tenantId, stranger) }),
    'of an issuer with a slash less': signed({ ...right, iss: issuers[0].replace(/\/$/, '') }),
    'without an issuer': signed(without(right, 'iss')),
    'of another tenant': signed({ ...right, tid: stranger }),
    'without a tenant': signed(without(right, 'tid')),
    expired: signed({ ...right, nbf: now - 7_200, exp: now - 600 }),
    'not good yet': signed({ ...right, nbf: now + 600 }),
    'without an end': signed(without(right, 'exp')),
    'with an end that is text': signed({ ...right, exp: '9999999999' }),
    'without a beginning': signed(without(right, 'nbf')),
    'an ID token': signed(without(right, 'azp', 'appid', 'idtyp', 'roles', 'scp')),
    'without an application': signed(without(right, 'azp', 'appid')),
  };
};

const oddSignatures = async (issuer: RunningIssuer, right: Claims): Promise<OddTokens> => {
  const { kid, publicKey } = issuer.key();
  const header = { typ: 'JWT', alg: 'RS256', kid };
  const [other, token] = [await newKey(), issuer.signed(right)];
  const own = { kind: 'rsa', key: issuer.key().privateKey } as const;
  const others = { kind: 'rsa', key: other.privateKey } as const;
  const publicText = publicKey.export({ type: 'spki', format: 'pem' }).toString();
  const jwk = { ...other.publicKey.export({ format: 'jwk' }), kid: other.kid };
  const elsewhere = 'http://127.0.0.1:9/keys';
  const [head = '', claims = '', signature = ''] = token.split('.');
  const admin = Buffer.from(JSON.stringify({ ...right, roles: ['Gateway.Admin'] })).toString('base64url');
  return {
    'not signed': signToken({ ...header, alg: 'none' }, right, { kind: 'nothing' }),
    'not signed, in other letters': signToken({ ...header, alg: 'NoNe' }, right, { kind: 'nothing' }),
    'not signed, and said to be': signToken(header, right, { kind: 'nothing' }),
    'signed with the public key as a secret': signToken({ ...header, alg: 'HS256' }, right, secret(publicText)),
    'signed by another key of the same name': signToken(header, right, others),
    'signed by a key that is not published': signToken({ ...header, kid: other.kid }, right, others),
    'with its own key in the header': signToken({ ...header, kid: other.kid, jwk }, right, others),
    'with the address of its keys in the header': signToken(
      { ...header, kid: other.kid, jku: elsewhere, x5u: elsewhere },
      right,
      others,
    ),
    'with a critical header': signToken({ ...header, crit: ['exp'] }, right, own),
    'without a key': signToken({ typ: 'JWT', alg: 'RS256' }, right, own),
    'with more roles written into it': `${head}.${admin}.${signature}`,
    'with a signature of other bytes': `${head}.${claims}.${publicEncrypt(publicKey, Buffer.from('x')).toString('base64url')}`,
    'cut short': token.slice(0, -40),
    'with two signatures': `${token}.${signature}`,
  };
};

const secret = (text: string) => ({ kind: 'secret', secret: text }) as const;
