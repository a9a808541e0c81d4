import { resolve } from 'node:path';
import { admin, connector, playbook } from '../../src/local/stack/exampleCallers.ts';
import { fleetExamples } from '../../src/local/stack/fleetExamples.ts';
import { type RunningStack, startStack } from '../../src/local/stack/stack.ts';
import { errorOf } from '../support/gateway.ts';
import { oddTokens } from '../support/oddTokens.ts';

const reader = {
  id: 'a1b2c3d4-0009-4000-8000-000000000009',
  secret: 'reader',
  objectId: 'a1b2c3d4-0009-4000-8000-0000000000f9',
  roles: ['Machines.Read'],
};

let stack: RunningStack;
let entra: NonNullable<RunningStack['entra']>;
let fiveCalls: readonly string[];

beforeAll(async () => {
  stack = await startStack({
    appRoot: resolve('.'),
    workerPath: resolve('.build/worker.mjs'),
    data: { kind: 'memory' },
    auth: 'entra',
    environment: { CALLER_CLASS_CAPS: `${reader.id}=background` },
  });
  if (!stack.entra) throw new Error('there is no issuer');
  entra = stack.entra;
  await registerToo(reader);
  const { user, domain, alertId } = await fleetExamples(stack.simulator.url);
  fiveCalls = [
    '/api/machines?$top=1',
    `/api/users/${encodeURIComponent(user)}/machines`,
    `/api/domains/${domain}/machines`,
    `/api/alerts/${alertId}/machine`,
    '/testwdatppreview/machinesecuritystates',
  ];
});
afterAll(() => stack?.stop());

const registerToo = (application: object) =>
  fetch(`${entra.issuer.url}/_issuer`, {
    method: 'PUT',
    body: JSON.stringify({ applications: [playbook, admin, connector, application] }),
  });

const tokenOf = ({ id }: { readonly id: string }) => entra.issuer.signed(entra.issuer.claimsFor(id));

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

/** The front, as callers see the gateway, and the gateway itself, as nobody should. */
const doors = () => ({ 'the front': entra.front.url, 'the gateway': stack.url });

const ask = (path: string, headers: Record<string, string> = {}, url = entra.front.url) =>
  fetch(`${url}${path}`, { headers });

const batch = (requests: readonly object[], token: string) =>
  fetch(`${entra.front.url}/api/$batch`, {
    method: 'POST',
    headers: { ...bearer(token), 'content-type': 'application/json' },
    body: JSON.stringify({ requests }),
  });

describe.each(['the front', 'the gateway'] as const)('a caller with a token, at %s', (door) => {
  it('is served each of the five calls, in both versions of tokens', async () => {
    const { url, tenantId } = entra.issuer;
    for (const version of [1, 2]) {
      await fetch(`${url}/_issuer`, { method: 'PUT', body: JSON.stringify({ version }) });
      const headers = bearer(tokenOf(playbook));
      for (const path of fiveCalls) {
        const { status } = await ask(path, headers, doors()[door]);
        expect([tenantId, version, path, status]).toEqual([tenantId, version, path, 200]);
      }
    }
  });

  it('is refused each of them without, whatever else it brings', async () => {
    const { keys } = stack.hosts[0];
    const principal = Buffer.from(
      JSON.stringify({ auth_typ: 'aad', claims: [{ typ: 'roles', val: 'Machines.Read' }] }),
    );
    const others: Record<string, string>[] = [
      {},
      { 'x-functions-key': keys.function },
      { 'x-functions-key': keys.master },
      { 'x-ms-client-principal': principal.toString('base64'), 'x-ms-client-principal-id': playbook.id },
      { 'x-ms-token-aad-access-token': tokenOf(playbook) },
      { authorization: tokenOf(playbook) },
      { authorization: `Basic ${Buffer.from(`a:${tokenOf(playbook)}`).toString('base64')}` },
      { cookie: `AppServiceAuthSession=${tokenOf(playbook)}` },
    ];
    for (const path of [...fiveCalls, `/api/machines?code=${keys.function}&access_token=${tokenOf(playbook)}`]) {
      for (const headers of others) {
        const answer = await ask(path, headers, doors()[door]);
        expect([path, Object.keys(headers), answer.status]).toEqual([path, Object.keys(headers), 401]);
        expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer/);
      }
    }
  });
});

describe('the gateway itself, where the front does not stand before it', () => {
  it('is opened by no odd token', async () => {
    const opened: string[] = [];
    for (const [name, token] of Object.entries(await oddTokens(entra.issuer, playbook.id))) {
      const { status } = await ask('/api/machines?$top=1', bearer(token), stack.url);
      if (status !== 401) opened.push(`${name}: ${status}`);
    }
    expect(opened).toEqual([]);
  });

  it('says in the header and the body what is wrong with a token, and what would be right', async () => {
    const { issuer } = entra;
    const token = issuer.signed({ ...issuer.claimsFor(playbook.id), aud: 'https://management.azure.com' });
    const answer = await ask('/api/machines', bearer(token), stack.url);
    const reason = `it is for 'https://management.azure.com', and must be for ${issuer.audience.uri} or ${issuer.audience.clientId}`;
    expect(answer.headers.get('www-authenticate')).toBe(`Bearer error="invalid_token", error_description="${reason}"`);
    expect((await errorOf(answer)).message).toBe(`The token is refused: ${reason}.`);
  });

  it('answers its liveness to anybody', async () => {
    expect((await ask('/gateway/health', {}, stack.url)).status).toBe(200);
  });
});

describe('what a token allows', () => {
  it('is what its roles name; 403 says which is missing, and to whom', async () => {
    const answer = await ask('/api/machines', bearer(tokenOf(admin)));
    expect(answer.status).toBe(403);
    const { message } = await errorOf(answer);
    expect(message).toContain(`the role Machines.Read, and the caller ${admin.id} has Gateway.Admin`);
    expect((await ask('/gateway/alerts?state=failed', bearer(tokenOf(reader)))).status).toBe(403);
    expect((await ask('/gateway/alerts?state=failed', bearer(tokenOf(playbook)))).status).toBe(200);
    expect((await ask('/gateway/quota', bearer(tokenOf(admin)))).status).toBe(200);
  });

  it('is of a person what its scopes name', async () => {
    const headers = bearer(tokenOf(connector));
    expect((await ask('/api/machines?$top=1', headers)).status).toBe(200);
    expect((await ask('/gateway/alerts?state=failed', headers)).status).toBe(403);
    const claims = { ...entra.issuer.claimsFor(connector.id), scp: 'openid', roles: ['Machines.Read'] };
    expect((await ask('/api/machines?$top=1', bearer(entra.issuer.signed(claims)))).status).toBe(403);
  });

  it('is asked of each request in a batch', async () => {
    const requests = [
      '/api/machines?$top=1',
      '/gateway/quota',
      '/gateway/health/permissions',
      '/gateway/alerts?state=failed',
    ].map((url, index) => ({ id: String(index), method: 'GET', url }));
    const { responses } = (await (await batch(requests, tokenOf(reader))).json()) as { responses: BatchAnswer[] };
    const statuses = Object.fromEntries(responses.map(({ id, status }) => [requests[Number(id)]?.url, status]));
    expect(statuses).toEqual({
      '/api/machines?$top=1': 200,
      '/gateway/quota': 200,
      '/gateway/health/permissions': 403,
      '/gateway/alerts?state=failed': 403,
    });
    expect((await batch(requests, tokenOf(admin))).status).toBe(403);
  });

  it('is not for hooks, which take a key, and only that', async () => {
    const hook = (headers: Record<string, string>) =>
      fetch(`${entra.front.url}/gateway/hooks/alerts`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify({ alertId: '636688558380765161_2136280442' }),
      });
    expect((await hook(bearer(tokenOf(playbook)))).status).toBe(401);
    expect((await hook({ 'x-functions-key': stack.hosts[0].keys.function })).status).toBe(202);
  });
});

describe('what is known of a caller', () => {
  it('is the id of its application, in the spend and for its cap', async () => {
    const path = `/api/machines/${'0'.repeat(40)}`;
    const answer = await ask(path, { ...bearer(tokenOf(reader)), 'cache-control': 'no-cache', prefer: 'wait=30' });
    expect([answer.status, answer.headers.get('priority')]).toEqual([404, 'u=6']);
    const page = (await (await ask('/gateway/quota', bearer(tokenOf(admin)))).json()) as QuotaPage;
    const callers = page.quotas.flatMap(({ spend }) => Object.keys(spend?.byCaller ?? {}));
    expect(callers).toEqual(expect.arrayContaining([playbook.id, reader.id]));
    expect(callers.filter((caller) => caller.startsWith('key-') || caller === 'anonymous')).toEqual([]);
  });
});

interface BatchAnswer {
  readonly id: string;
  readonly status: number;
}

interface QuotaPage {
  readonly quotas: readonly { readonly spend?: { readonly byCaller: Readonly<Record<string, object>> } }[];
}
