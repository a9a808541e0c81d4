import { createServer, type IncomingMessage, request } from 'node:http';
import { type EasyAuthOptions, startEasyAuth } from '../../../src/local/easyAuth/easyAuth.ts';
import { type RunningIssuer, startIssuer } from '../../../src/local/entra/issuer.ts';
import { listen } from '../../../src/local/listen.ts';
import type { RunningPart } from '../../../src/local/part.ts';
import { oddTokens } from '../../support/oddTokens.ts';

const tenantId = 'c2d1a6f4-53b7-4f2e-8a90-1f5d6e7b8c90';
const audience = { uri: 'api://gateway', clientId: '99999999-8888-4777-8666-555544443333' };
const objectId = '77777777-6666-4555-8444-333322221111';
const reader = { id: '0a1b2c3d-1111-4222-8333-444455556666', secret: 's', objectId, roles: ['Machines.Read'] };

interface Seen {
  readonly target: string | undefined;
  readonly method: string | undefined;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

let issuer: RunningIssuer;
let behindPart: RunningPart;
let seen: Seen[];
const parts: RunningPart[] = [];

beforeAll(async () => {
  issuer = await startIssuer({ port: 0, tenantId, audience, applications: [reader] });
  const behind = createServer(async (asked, response) => {
    const pieces: Buffer[] = [];
    for await (const piece of asked as AsyncIterable<Buffer>) pieces.push(piece);
    const { url: target, method, headers } = asked;
    seen.push({ target, method, headers, body: Buffer.concat(pieces).toString() });
    if (target === '/silence') return;
    response.writeHead(target === '/teapot' ? 418 : 200, [...['X-One', '1'], ...['X-One', '2']]);
    response.end('answered');
  });
  behindPart = await listen(behind, 0);
});
afterAll(() => Promise.all([issuer.stop(), behindPart.stop()]));
beforeEach(() => {
  seen = [];
});
afterEach(() => Promise.all(parts.splice(0).map((part) => part.stop())));

const front = async (more: Partial<EasyAuthOptions> = {}): Promise<RunningPart> => {
  const part = await startEasyAuth({
    port: 0,
    target: behindPart.url,
    tenantId,
    issuers: issuer.issuers,
    audiences: Object.values(audience),
    keysUrl: issuer.keysUrl,
    excludedPaths: ['/gateway/hooks/*'],
    ...more,
  });
  parts.push(part);
  return part;
};

const bearer = (token = issuer.signed(issuer.claimsFor(reader.id))) => ({ authorization: `Bearer ${token}` });

const principalOf = ({ headers }: Seen) =>
  JSON.parse(Buffer.from(String(headers['x-ms-client-principal']), 'base64').toString());

/** Sends a request target as it is, which `fetch` would put in order. */
const sendRaw = ({ url }: RunningPart, path: string, headers: Record<string, string>): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port: new URL(url).port, path, headers }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    });
    sent.on('error', reject).end();
  });

describe('the Easy Auth front of this machine', () => {
  it('answers 401 and how to sign in to who has no token, and lets nothing through', async () => {
    const { url } = await front();
    const answer = await fetch(`${url}/api/machines`);
    expect(answer.status).toBe(401);
    expect(answer.headers.get('www-authenticate')).toBe(
      `Bearer realm="${new URL(url).host}" authorization_uri="https://login.windows.net/${tenantId}/oauth2/authorize" resource_id="${audience.clientId}"`,
    );
    expect(seen).toEqual([]);
  });

  it('lets nobody through with a token that is not right', async () => {
    const { url } = await front();
    const odd = await oddTokens(issuer, reader.id);
    // The platform is not known to look at these: they are for the code behind to refuse.
    const looksRight =
      /^(?:of another tenant|without a tenant|an ID token|without an application|with a critical header)$/;
    const admitted: string[] = [];
    for (const [name, token] of Object.entries(odd)) {
      const { status } = await fetch(`${url}/api/machines`, { headers: bearer(token) });
      if (status !== 401 && !looksRight.test(name)) admitted.push(`${name}: ${status}`);
    }
    expect(admitted).toEqual([]);
  });

  it('lets a right token through, and says who calls; an application has no name', async () => {
    const { url } = await front();
    const answer = await fetch(`${url}/api/machines`, { headers: bearer() });
    expect([answer.status, await answer.text()]).toEqual([200, 'answered']);
    const [request] = seen as [Seen];
    expect(request.headers).toMatchObject({ 'x-ms-client-principal-id': objectId, 'x-ms-client-principal-idp': 'aad' });
    expect(request.headers).not.toHaveProperty('x-ms-client-principal-name');
    expect(principalOf(request)).toMatchObject({
      auth_typ: 'aad',
      claims: expect.arrayContaining([
        { typ: 'azp', val: reader.id },
        { typ: 'roles', val: 'Machines.Read' },
        { typ: 'http://schemas.microsoft.com/identity/claims/objectidentifier', val: objectId },
      ]),
    });
  });

  it('drops what only the platform may say, wherever it comes from', async () => {
    const { url } = await front();
    const forged = {
      'X-MS-CLIENT-PRINCIPAL': 'forged',
      'x-ms-client-principal-id': 'forged',
      'X-Ms-Client-Principal-Name': 'forged',
      'x-ms-token-aad-access-token': 'forged',
    };
    await fetch(`${url}/gateway/hooks/alerts`, { headers: forged });
    await fetch(`${url}/api/machines`, { headers: { ...forged, ...bearer() } });
    expect(seen).toHaveLength(2);
    expect(JSON.stringify(seen)).not.toContain('forged');
  });

  it('answers 403 to applications and identities that are not on its lists', async () => {
    const stranger = [tenantId];
    const statusOf = async (more: Partial<EasyAuthOptions>) =>
      (await fetch((await front(more)).url, { headers: bearer() })).status;
    expect(await statusOf({ allowedApplications: stranger })).toBe(403);
    expect(await statusOf({ allowedIdentities: stranger })).toBe(403);
    expect(await statusOf({ allowedApplications: [reader.id], allowedIdentities: stranger })).toBe(403);
    expect(await statusOf({ allowedApplications: [reader.id], allowedIdentities: [objectId] })).toBe(200);
  });

  it('keeps its own pages from what stands behind', async () => {
    const { url } = await front();
    expect((await fetch(`${url}/.auth/me`, { headers: bearer() })).status).toBe(404);
    expect(seen).toEqual([]);
  });

  it.each([
    '/api//machines',
    '/api/%2Fmachines/%252e%2E/a%20b',
    '/api/./machines/../users',
    "/api/machines?$filter=healthStatus%20eq%20'Active'&a=b&a=c#",
    '//elsewhere.example/api',
    'http://elsewhere.example/api/machines',
  ])('passes %s on to the letter', async (target) => {
    const path = target.replace('#', '');
    expect(await sendRaw(await front(), path, bearer())).toBe(200);
    expect(seen[0]?.target).toBe(path);
  });

  it('passes method, body and headers on, and the answer back', async () => {
    const { url } = await front();
    const headers = { ...bearer(), 'content-type': 'text/plain', 'x-request-id': 'abc' };
    const body = 'x'.repeat(300_000);
    const answer = await fetch(`${url}/teapot`, { method: 'PATCH', headers, body });
    expect([answer.status, answer.headers.get('x-one'), await answer.text()]).toEqual([418, '1, 2', 'answered']);
    expect(seen[0]).toMatchObject({
      method: 'PATCH',
      body,
      headers: { host: new URL(url).host, 'x-request-id': 'abc' },
    });
  });

  it('passes a body on as it flows', async () => {
    const { url } = await front();
    const pieces = new ReadableStream({
      start(controller) {
        for (let i = 0; i < 50; i++) controller.enqueue(new TextEncoder().encode(`${i},`));
        controller.close();
      },
    });
    const sent = { method: 'POST', headers: bearer(), body: pieces, duplex: 'half' } as const;
    expect((await fetch(`${url}/stream`, sent)).status).toBe(200);
    expect(seen[0]?.headers['transfer-encoding']).toBe('chunked');
    expect(seen[0]?.body.split(',')).toHaveLength(51);
  });

  it('gives up what does not begin to answer in time', async () => {
    const { url } = await front({ answersWithinMs: 100 });
    expect((await fetch(`${url}/silence`, { headers: bearer() })).status).toBe(504);
  });

  it('answers 502 where nothing stands behind it', async () => {
    const gone = await listen(createServer(), 0);
    await gone.stop();
    const { url } = await front({ target: gone.url });
    expect((await fetch(url, { headers: bearer() })).status).toBe(502);
  });
});
