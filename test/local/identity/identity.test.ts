import { ManagedIdentityCredential } from '@azure/identity';
import { startIdentity } from '../../../src/local/identity/identity.ts';
import type { RunningPart } from '../../../src/local/part.ts';
import { environment } from '../../../src/settings.ts';
import { jsonOf } from '../jsonOf.ts';

type Granted = { access_token: string; expires_on: string };
type Seen = { count: number; requests: object[] };

const tokenUrl = (url: string, query: string) => `${url}/msi/token?${query}`;
const good = 'api-version=2019-08-01&resource=https%3A%2F%2Fgraph.microsoft.com';
const asked = (url: string, query = good, header = 'secret') =>
  fetch(tokenUrl(url, query), { headers: { 'x-identity-header': header } });
const claimsOf = (token: string) => JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());

describe('the managed identity stand-in', () => {
  let identity: RunningPart;
  beforeEach(async () => {
    identity = await startIdentity({ port: 0, header: 'secret', tenantId: 'tenant', clientId: 'client' });
  });
  afterEach(() => identity.stop());

  const put = (change: object) => fetch(`${identity.url}/_identity`, { method: 'PUT', body: JSON.stringify(change) });
  const requests = async () => (await jsonOf<Seen>(fetch(`${identity.url}/_identity/requests`))).requests;

  it('answers in the form of App Service, with the claims Defender looks at', async () => {
    const answer = await asked(identity.url);
    const body = await jsonOf<Granted>(answer);
    const claims = claimsOf(body.access_token);
    expect(answer.status).toBe(200);
    expect(body).toMatchObject({ token_type: 'Bearer', resource: 'https://graph.microsoft.com', client_id: 'client' });
    expect(body.expires_on).toBe(String(claims.exp));
    expect(claims).toMatchObject({
      aud: 'https://graph.microsoft.com',
      tid: 'tenant',
      appid: 'client',
      roles: ['Machine.Read.All', 'Alert.Read.All'],
      iss: 'https://sts.windows.net/tenant/',
    });
    expect(claims.exp - claims.iat).toBe(86_400);
  });

  it('gives another token each time', async () => {
    const [a, b] = await Promise.all([asked(identity.url), asked(identity.url)].map((said) => jsonOf<Granted>(said)));
    expect(a?.access_token).not.toBe(b?.access_token);
  });

  it.each([
    ['without the secret', good, 'wrong', 401],
    ['without a resource', 'api-version=2019-08-01', 'secret', 400],
    ['in another version of the protocol', 'api-version=2017-09-01&resource=x', 'secret', 400],
    ['for an identity that is not assigned', `${good}&client_id=other`, 'secret', 400],
  ])('refuses a request %s', async (_, query, header, status) => {
    const answer = await asked(identity.url, query, header);
    expect(answer.status).toBe(status);
    expect(await answer.json()).toMatchObject({ statusCode: status, message: expect.any(String) });
  });

  it('tells who asked, but neither the secret nor a token', async () => {
    await asked(identity.url);
    const seen = await requests();
    expect(seen).toEqual([
      { at: expect.any(String), resource: 'https://graph.microsoft.com', clientId: null, status: 200 },
    ]);
  });

  it('changes roles and lifetime while it runs', async () => {
    await put({ roles: ['Machine.Isolate'], lifetimeSeconds: 60 });
    const claims = claimsOf((await jsonOf<Granted>(asked(identity.url))).access_token);
    expect(claims.roles).toEqual(['Machine.Isolate']);
    expect(claims.exp - claims.iat).toBe(60);
  });

  it('gives a resource roles of its own where told', async () => {
    await put({ roles: ['Machine.Read.All'], rolesByResource: { 'https://graph.microsoft.com': [] } });
    const other = 'api-version=2019-08-01&resource=https%3A%2F%2Fapi.securitycenter.microsoft.com';
    const roles = async (query: string) =>
      claimsOf((await jsonOf<Granted>(asked(identity.url, query))).access_token).roles;
    expect([await roles(good), await roles(other)]).toEqual([[], ['Machine.Read.All']]);
  });

  it('gives tokens that are as old as told', async () => {
    await put({ ageSeconds: 3000, lifetimeSeconds: 3600 });
    const body = await jsonOf<Granted>(asked(identity.url));
    const claims = claimsOf(body.access_token);
    const now = Date.now() / 1000;
    expect(Math.abs(now - 3000 - claims.iat)).toBeLessThan(5);
    expect([claims.nbf, claims.exp, body.expires_on]).toEqual([
      claims.iat,
      claims.iat + 3600,
      String(claims.iat + 3600),
    ]);
  });

  it('gives tokens for another resource than was asked for, where told, until that is taken back', async () => {
    const audience = async () => claimsOf((await jsonOf<Granted>(asked(identity.url))).access_token).aud;
    await put({ audience: 'https://other.example' });
    expect(await audience()).toBe('https://other.example');
    await put({ audience: null });
    expect(await audience()).toBe('https://graph.microsoft.com');
  });

  it('fails as often as it was told, then answers again', async () => {
    await put({ fail: { status: 429, times: 2, retryAfter: 7 } });
    const answers = [await asked(identity.url), await asked(identity.url), await asked(identity.url)];
    expect(answers.map(({ status }) => status)).toEqual([429, 429, 200]);
    expect(answers[0]?.headers.get('retry-after')).toBe('7');
  });

  it('names the setting that is wrong', async () => {
    const answer = await put({ lifetimeSeconds: 0 });
    expect(answer.status).toBe(400);
    expect(await jsonOf(answer)).toMatchObject({ message: expect.stringContaining('lifetimeSeconds') });
  });

  it('says what to do when its port is taken', async () => {
    const port = Number(new URL(identity.url).port);
    await expect(startIdentity({ port, header: 'x' })).rejects.toThrow(
      `port ${port} is taken; stop what uses it, or give --port 0 for a free one`,
    );
  });
});

describe('the real ManagedIdentityCredential', () => {
  let identity: RunningPart;
  const before = { IDENTITY_ENDPOINT: '', IDENTITY_HEADER: '' };
  beforeAll(async () => {
    identity = await startIdentity({ port: 0, header: 'secret' });
    Object.assign(environment(), { IDENTITY_ENDPOINT: `${identity.url}/msi/token`, IDENTITY_HEADER: 'secret' });
  });
  afterAll(async () => {
    Object.assign(environment(), before);
    await identity.stop();
  });

  it('gets a token for an audience, and keeps it', async () => {
    const credential = new ManagedIdentityCredential({ clientId: '11111111-2222-3333-4444-555555555555' });
    const first = await credential.getToken('https://api.securitycenter.microsoft.com/.default');
    const second = await credential.getToken('https://api.securitycenter.microsoft.com/.default');
    const claims = claimsOf(first.token);
    expect(claims).toMatchObject({
      aud: 'https://api.securitycenter.microsoft.com',
      appid: '11111111-2222-3333-4444-555555555555',
    });
    // The credential reckons from its own clock, in whole seconds.
    expect(Math.abs(first.expiresOnTimestamp - claims.exp * 1000)).toBeLessThanOrEqual(2000);
    expect(second.token).toBe(first.token);
    const seen = await jsonOf<Seen>(fetch(`${identity.url}/_identity/requests`));
    expect(seen).toMatchObject({ count: 1, requests: [{ clientId: '11111111-2222-3333-4444-555555555555' }] });
  });
});
