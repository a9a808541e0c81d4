import { randomUUID } from 'node:crypto';
import * as fc from 'fast-check';
import { joseTokens } from '../../src/callers/joseTokens.ts';
import type { Verified } from '../../src/callers/tokens.ts';
import { newKey } from '../../src/local/entra/keyRing.ts';
import { signToken } from '../../src/local/entra/signToken.ts';
import { audiences, issuers, keysUrl, rightClaims, type TestIssuer, tenant, testIssuer } from './support/issuer.ts';

const verifierOf = ({ clock, fetch }: TestIssuer) => joseTokens({ audiences, issuers, keysUrl, clock, fetch });

const start = async () => {
  const issuer = await testIssuer();
  return { issuer, verify: verifierOf(issuer) };
};

const reasonOf = (verified: Verified): string => (verified.kind === 'verified' ? 'verified' : verified.reason);

describe('joseTokens', () => {
  it.each(issuers)('verifies a token that %s issued', async (iss) => {
    const { issuer, verify } = await start();
    const verified = await verify(issuer.token({ iss }));
    expect(verified).toEqual({ kind: 'verified', claims: { ...rightClaims(issuer.clock), iss } });
  });

  it.each(audiences)('verifies a token for %s', async (aud) => {
    const { issuer, verify } = await start();
    expect((await verify(issuer.token({ aud }))).kind).toBe('verified');
  });

  it.each<[string, object, string]>([
    [
      'for another audience',
      { aud: 'https://management.azure.com' },
      "it is for 'https://management.azure.com', and must be for api://gateway or 99999999-8888-4777-8666-555544443333",
    ],
    [
      'for several audiences',
      { aud: audiences },
      'it is for something that is no text, and must be for api://gateway or',
    ],
    ['without an audience', { aud: undefined }, 'it is for nothing, and must be for api://gateway'],
    ['for a part of an audience', { aud: 'api://gatewa' }, "it is for 'api://gatewa', and must be for"],
    [
      'of another issuer',
      { iss: 'https://sts.windows.net/other/' },
      `it was issued by 'https://sts.windows.net/other/', and must be issued by https://sts.windows.net/${tenant}/ or`,
    ],
    ['of an issuer in other letters', { iss: issuers[0].toUpperCase() }, 'it was issued by '],
    ['of several issuers', { iss: issuers }, 'it was issued by something that is no text'],
    ['of another tenant', { tid: 'x' }, "its tenant (tid) is 'x', and must be that of its issuer"],
    ['without a tenant', { tid: undefined }, 'its tenant (tid) is nothing'],
    ['with an empty tenant', { tid: '' }, "its tenant (tid) is ''"],
    ['without an end', { exp: undefined }, 'it has no end; exp must be a number of seconds since 1970'],
    ['with an end that is text', { exp: '9999999999' }, 'it has no end'],
    ['with an end that no calendar has', { exp: 1e300 }, 'it has no end'],
    ['without a beginning', { nbf: undefined }, 'it has no beginning; nbf must be'],
  ])('refuses a token %s', async (_, claims, reason) => {
    const { issuer, verify } = await start();
    const verified = await verify(issuer.token(claims));
    expect(verified).toEqual({ kind: 'refused', reason: expect.stringContaining(reason) });
  });

  it('takes a token for a minute after its end, and no longer', async () => {
    const { issuer, verify } = await start();
    const token = issuer.token({ exp: Math.floor(issuer.clock.wall() / 1000) + 10 });
    await issuer.clock.advance(69_000);
    expect((await verify(token)).kind).toBe('verified');
    await issuer.clock.advance(2_000);
    expect(reasonOf(await verify(token))).toMatch(/^it ended at 2026-11-18T.*Z; ask for a new one$/);
  });

  it('takes a token a minute before its beginning, and no earlier', async () => {
    const { issuer, verify } = await start();
    const now = Math.floor(issuer.clock.wall() / 1000);
    expect((await verify(issuer.token({ nbf: now + 60 }))).kind).toBe('verified');
    expect(reasonOf(await verify(issuer.token({ nbf: now + 62 })))).toContain('it is not good before 2026-11-18T');
  });

  it('refuses a token that nobody signed', async () => {
    const { issuer, verify } = await start();
    const claims = rightClaims(issuer.clock);
    const nothing = { kind: 'nothing' } as const;
    const none = signToken({ alg: 'none', kid: issuer.key.kid }, claims, nothing);
    expect(reasonOf(await verify(none))).toBe("it is signed by 'none', and must be signed by RS256");
    const silent = signToken({ alg: 'RS256', kid: issuer.key.kid }, claims, nothing);
    expect((await verify(silent)).kind).toBe('refused');
  });

  it('refuses a token signed with the public key as a secret', async () => {
    const { issuer, verify } = await start();
    const { kid, publicKey } = issuer.key;
    for (const format of ['pem', 'jwk'] as const) {
      const secret =
        format === 'pem'
          ? publicKey.export({ type: 'spki', format }).toString()
          : JSON.stringify(publicKey.export({ format }));
      const token = signToken({ alg: 'HS256', kid }, rightClaims(issuer.clock), { kind: 'secret', secret });
      expect(reasonOf(await verify(token))).toBe("it is signed by 'HS256', and must be signed by RS256");
    }
  });

  it.each(['RS384', 'PS256', 'ES256', 'EdDSA', 'rs256', 7, undefined])('refuses a header that says %s', async (alg) => {
    const { issuer, verify } = await start();
    expect((await verify(issuer.token({}, { alg }))).kind).toBe('refused');
  });

  it('refuses a token of another key under a name that is known', async () => {
    const { issuer, verify } = await start();
    const stranger = await newKey();
    const token = issuer.token({}, { kid: issuer.key.kid }, stranger);
    expect(reasonOf(await verify(token))).toBe("its signature is not that of its issuer's key; ask for a new token");
  });

  it('never follows keys and addresses that the header brings', async () => {
    const { issuer, verify } = await start();
    const stranger = await newKey();
    const header = { jwk: stranger.publicKey.export({ format: 'jwk' }), jku: 'https://evil.example/keys' };
    const more = { x5u: 'https://evil.example/cert', x5c: ['AAAA'] };
    expect((await verify(issuer.token({}, { ...header, ...more }, stranger))).kind).toBe('refused');
    expect((await verify(issuer.token({}, { ...header, ...more, kid: issuer.key.kid }, stranger))).kind).toBe(
      'refused',
    );
    expect(issuer.asked()).toBe(1);
  });

  it('refuses a header that is critical, or names no key', async () => {
    const { issuer, verify } = await start();
    expect(reasonOf(await verify(issuer.token({}, { crit: ['b64'], b64: false })))).toContain("'crit'");
    expect(reasonOf(await verify(issuer.token({}, { kid: undefined })))).toContain("'kid' must be one of the issuer's");
    expect(reasonOf(await verify(issuer.token({}, { kid: ['a'] })))).toContain('its header names no key');
  });

  it('refuses what is too long before it looks into it', async () => {
    const { issuer, verify } = await start();
    expect(reasonOf(await verify(issuer.token({ more: 'x'.repeat(16_384) })))).toBe(
      'it is longer than 16384 characters',
    );
    expect(issuer.asked()).toBe(0);
  });

  it('says of a token for Graph whom it is for, though its signature can not be checked', async () => {
    const { issuer, verify } = await start();
    const [header, claims] = issuer.token({ aud: 'https://graph.microsoft.com' }).split('.');
    expect(reasonOf(await verify(`${header}.${claims}.AAAA`))).toContain("it is for 'https://graph.microsoft.com'");
  });

  it('says what is wrong in text that a header can carry, whatever the token says', async () => {
    const { issuer, verify } = await start();
    const aud = `"\r\nset-cookie: a=b\\ü${'x'.repeat(1000)}`;
    const reason = reasonOf(await verify(issuer.token({ aud })));
    expect(reason).toMatch(/^it is for '\?\?\?set-cookie: a=b\?\?x+\.\.\.', and must be for [ -~]+$/);
    expect(reason).not.toMatch(/["\\]/);
    expect(reason.length).toBeLessThan(300);
  });

  it('checks the signature of a token once, however often it comes', async () => {
    const { issuer, verify } = await start();
    const checks = jest.spyOn(crypto.subtle, 'verify');
    const token = issuer.token();
    await Promise.all(Array.from({ length: 500 }, () => verify(token)));
    for (let i = 0; i < 500; i++) expect((await verify(token)).kind).toBe('verified');
    expect(checks).toHaveBeenCalledTimes(1);
    checks.mockRestore();
    expect(issuer.asked()).toBe(1);
  });

  it('does not take a token for one that it remembers because it begins or ends the same', async () => {
    const { issuer, verify } = await start();
    const token = issuer.token();
    expect((await verify(token)).kind).toBe('verified');
    expect((await verify(`${token.slice(0, -6)}AAAAAA`)).kind).toBe('refused');
    expect((await verify(token.replace('.', '..'))).kind).toBe('refused');
    expect((await verify(`${token}.`)).kind).toBe('refused');
  });

  it('believes a remembered token no longer than the key that signed it', async () => {
    const { issuer, verify } = await start();
    const token = issuer.token({ exp: Math.floor(issuer.clock.wall() / 1000) + 80_000 });
    expect((await verify(token)).kind).toBe('verified');
    issuer.publishes(await newKey());
    await issuer.clock.advance(3_600_000);
    expect(reasonOf(await verify(token))).toContain("is none of its issuer's; ask for a new token");
  });

  it('checks a remembered token anew where another key has the name of its key', async () => {
    const { issuer, verify } = await start();
    const token = issuer.token();
    expect((await verify(token)).kind).toBe('verified');
    issuer.publishes({ ...(await newKey()), kid: issuer.key.kid });
    await issuer.clock.advance(3_600_000);
    expect(reasonOf(await verify(token))).toContain("its signature is not that of its issuer's key");
  });

  it('answers that it can not tell where there are no keys', async () => {
    const { issuer, verify } = await start();
    issuer.answers(new Response('', { status: 503 }));
    expect(await verify(issuer.token())).toEqual({
      kind: 'unavailable',
      reason: `The keys of callers' tokens can't be had from ${keysUrl}: it answered 503`,
    });
    expect((await verify(issuer.token({ aud: 'x' }))).kind).toBe('refused');
  });

  describe('given anything at all', () => {
    const json = fc.jsonValue({ maxDepth: 2 });
    const part = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.base64String(),
      json.map((value) => encoded(value)),
    );

    it('verifies nothing, and throws nothing', async () => {
      const { verify } = await start();
      const token = fc.oneof(
        fc.string({ unit: 'binary' }),
        fc.tuple(part, part, part).map((parts) => parts.join('.')),
        fc.array(part, { maxLength: 7 }).map((parts) => parts.join('.')),
      );
      await fc.assert(
        fc.asyncProperty(token, async (text) => {
          expect((await verify(text)).kind).toBe('refused');
        }),
        { numRuns: 500 },
      );
    });

    it('verifies no token with other headers, claims or bytes of the signature than were signed', async () => {
      const { issuer, verify } = await start();
      const [, , signature = ''] = issuer.token().split('.');
      const name = fc.constantFrom('alg', 'kid', 'crit', 'jwk', 'jku', 'b64', 'zip', 'typ', 'cty', 'aud', 'exp', 'tid');
      const changed = fc.dictionary(name, fc.oneof(json, fc.constantFrom('none', 'HS256', issuer.key.kid, ['b64'])));
      await fc.assert(
        fc.asyncProperty(changed, changed, fc.boolean(), async (header, claims, isSigned) => {
          const token = forged(issuer, header, { ...claims, jti: randomUUID() }, isSigned ? signature : '');
          expect((await verify(token)).kind).toBe('refused');
        }),
        { numRuns: 500 },
      );
    });

    it('reads of what the issuer signed only what is right in every claim', async () => {
      const { issuer, verify } = await start();
      const claim = fc.constantFrom('aud', 'iss', 'tid', 'exp', 'nbf');
      await fc.assert(
        fc.asyncProperty(claim, json, async (wrong, value) => {
          fc.pre(!(['exp', 'nbf'].includes(wrong) && typeof value === 'number'));
          expect((await verify(issuer.token({ [wrong]: value }))).kind).toBe('refused');
        }),
        { numRuns: 200 },
      );
    });
  });
});

const encoded = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

const forged = ({ key, clock }: TestIssuer, header: object, claims: object, signature: string): string =>
  `${encoded({ alg: 'RS256', kid: key.kid, ...header })}.${encoded({ ...rightClaims(clock), ...claims })}.${signature}`;
