import { decodeJwt, decodeProtectedHeader } from 'jose';
import { joseTokens } from '../../../src/callers/joseTokens.ts';
import { readClaims } from '../../../src/callers/readClaims.ts';
import { systemClock } from '../../../src/clock.ts';
import { type RunningIssuer, startIssuer } from '../../../src/local/entra/issuer.ts';
import { oddTokens } from '../../support/oddTokens.ts';
import { jsonOf } from '../jsonOf.ts';

const tenantId = 'c2d1a6f4-53b7-4f2e-8a90-1f5d6e7b8c90';
const audience = { uri: 'api://gateway', clientId: '99999999-8888-4777-8666-555544443333' };
const reader = {
  id: '0a1b2c3d-1111-4222-8333-444455556666',
  secret: 'of the reader',
  objectId: '77777777-6666-4555-8444-333322221111',
  roles: ['Machines.Read'],
};
const connector = {
  id: '1b2c3d4e-1111-4222-8333-444455556666',
  secret: 'of the connector',
  objectId: '88888888-6666-4555-8444-333322221111',
  roles: [],
  person: { objectId: '66666666-6666-4555-8444-333322221111', scopes: ['Alerts.Enrich', 'Machines.Read'] },
};

let issuer: RunningIssuer;
beforeEach(async () => {
  issuer = await startIssuer({ port: 0, tenantId, audience, applications: [reader, connector] });
});
afterEach(() => issuer.stop());

const ask = (fields: Readonly<Record<string, string>>) =>
  fetch(issuer.tokenUrl, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: reader.id,
      client_secret: reader.secret,
      scope: 'api://gateway/.default',
      ...fields,
    }),
  });

const tokenOf = async (fields = {}): Promise<string> =>
  (await jsonOf<{ access_token: string }>(await ask(fields))).access_token;

const verifier = () =>
  joseTokens({
    audiences: Object.values(audience),
    issuers: issuer.issuers,
    keysUrl: issuer.keysUrl,
    clock: systemClock,
    fetch,
  });

const put = (change: object) =>
  fetch(`${issuer.url}/_issuer`, { method: 'PUT', body: JSON.stringify(change) }).then(({ status }) => status);

describe('the issuer of this machine', () => {
  it('tells in its configuration where its keys and tokens are', async () => {
    const response = await fetch(`${issuer.url}/${tenantId}/v2.0/.well-known/openid-configuration`);
    const configuration = await jsonOf<{ jwks_uri: string }>(response);
    expect(configuration).toMatchObject({
      issuer: `${issuer.url}/${tenantId}/v2.0`,
      jwks_uri: issuer.keysUrl,
      token_endpoint: issuer.tokenUrl,
    });
    const { keys } = await jsonOf(await fetch(configuration.jwks_uri));
    expect(keys).toEqual([expect.objectContaining({ kty: 'RSA', use: 'sig', kid: issuer.key().kid, e: 'AQAB' })]);
    expect(JSON.stringify(keys)).not.toContain('"d"');
  });

  it('gives an application a token of its own, which the gateway verifies', async () => {
    const response = await ask({});
    const { access_token: token, ...rest } = await jsonOf<{ access_token: string }>(response);
    expect(rest).toEqual({ token_type: 'Bearer', expires_in: 3600, ext_expires_in: 3600 });
    const claims = decodeJwt(token);
    expect(claims).toMatchObject({ aud: audience.clientId, azp: reader.id, idtyp: 'app', ver: '2.0', tid: tenantId });
    expect(decodeProtectedHeader(token)).toMatchObject({ alg: 'RS256', kid: issuer.key().kid });
    const verified = await verifier()(token);
    expect(verified.kind === 'verified' && readClaims(verified.claims)).toMatchObject({
      identity: { id: reader.id, owner: reader.id, roles: new Set(['Machines.Read']) },
    });
  });

  it('gives tokens of version 1 when it is told to', async () => {
    expect(await put({ version: 1 })).toBe(200);
    const token = await tokenOf();
    expect(decodeJwt(token)).toMatchObject({
      aud: 'api://gateway',
      appid: reader.id,
      iss: issuer.issuers[0],
      ver: '1.0',
    });
    expect((await verifier()(token)).kind).toBe('verified');
  });

  it('gives a delegated token through an application that a person signed in with', async () => {
    const token = await tokenOf({ client_id: connector.id, client_secret: connector.secret });
    expect(decodeJwt(token)).toMatchObject({ scp: 'Alerts.Enrich Machines.Read', oid: connector.person.objectId });
    expect(decodeJwt(token)).not.toHaveProperty('roles');
    expect(readClaims(decodeJwt(token))).toMatchObject({
      identity: { owner: `${connector.id}|${connector.person.objectId}` },
    });
  });

  it.each([
    [{ client_secret: 'wrong' }, 401, 'invalid_client'],
    [{ client_id: tenantId }, 400, 'unauthorized_client'],
    [{ scope: 'https://graph.microsoft.com/.default' }, 400, 'invalid_scope'],
    [{ grant_type: 'password' }, 400, 'unsupported_grant_type'],
  ])('refuses %j with %d', async (fields, status, error) => {
    const response = await ask(fields);
    expect(response.status).toBe(status);
    expect(await jsonOf(response)).toMatchObject({ error, error_description: expect.stringContaining('AADSTS') });
  });

  it('signs with another key after a rotation, and publishes the earlier one until it is withdrawn', async () => {
    const before = await tokenOf();
    await fetch(`${issuer.url}/_issuer/rotate`, { method: 'POST' });
    const after = await tokenOf();
    expect(decodeProtectedHeader(after).kid).not.toBe(decodeProtectedHeader(before).kid);
    const verify = verifier();
    expect([(await verify(before)).kind, (await verify(after)).kind]).toEqual(['verified', 'verified']);
    await fetch(`${issuer.url}/_issuer/rotate?withdraw=true`, { method: 'POST' });
    const late = verifier();
    expect([(await late(before)).kind, (await late(await tokenOf())).kind]).toEqual(['refused', 'verified']);
  });

  it('gives out no keys while it is told to fail', async () => {
    expect(await put({ keysFail: 503 })).toBe(200);
    expect((await verifier()(await tokenOf())).kind).toBe('unavailable');
    expect(await put({ keysFail: null })).toBe(200);
    expect((await verifier()(await tokenOf())).kind).toBe('verified');
  });

  it('names the field of a change that is wrong', async () => {
    const response = await fetch(`${issuer.url}/_issuer`, { method: 'PUT', body: '{"version":3}' });
    expect([response.status, (await jsonOf(response)).message]).toEqual([400, expect.stringContaining('version')]);
  });
});

describe('oddTokens', () => {
  it.each([1, 2] as const)('opens nothing with any of them, of version %d', async (version) => {
    await put({ version });
    const verify = verifier();
    expect((await verify(issuer.signed(issuer.claimsFor(reader.id)))).kind).toBe('verified');
    const opened: string[] = [];
    for (const [name, token] of Object.entries(await oddTokens(issuer, reader.id))) {
      const verified = await verify(token);
      if (verified.kind === 'verified' && readClaims(verified.claims).kind === 'known') opened.push(name);
      else expect(verified.kind).not.toBe('unavailable');
    }
    expect(opened).toEqual([]);
  });
});
