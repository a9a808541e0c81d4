/** The zip that Azure runs, behind App Service Authentication, with storage by identity and callers by token; and every way round that we know of. */

import { admin, connector, playbook } from '../../src/local/stack/exampleCallers.ts';
import type { PermissionsReport } from '../../src/permissions/report.ts';
import { oddTokens } from '../support/oddTokens.ts';
import { type Deployed, startDeployed } from './support/deployed.ts';
import { type RawAnswer, type RawRequest, rawRequest } from './support/rawRequest.ts';

let deployed: Deployed;
beforeAll(async () => {
  deployed = await startDeployed();
}, 60_000);
afterAll(() => deployed.stop());

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const as = (applicationId: string) => bearer(deployed.tokenOf(applicationId));
const atFront = (sent: RawRequest) => rawRequest(deployed.front.url, sent);
const atLooseFront = (sent: RawRequest) => rawRequest(deployed.looseFront.url, sent);
/** As if App Service Authentication were switched off, or slipped by. */
const atHost = (sent: RawRequest) => rawRequest(deployed.host.url, sent);
const arrivals = async (): Promise<number> => {
  const told = (await (await fetch(`${deployed.simulator.url}/_simulator/arrivals`)).json()) as { arrivals: object[] };
  return told.arrivals.length;
};

const five = [
  '/api/machines?$top=1',
  '/api/users/user1@contoso.com/machines',
  '/api/domains/malware.example/machines',
  '/api/alerts/636688558380765161_2136280442/machine',
  '/testwdatppreview/machinesecuritystates',
];

describe('the deployed package', () => {
  it.each(five)('serves %s to who has a token with the role', async (target) => {
    const { status, body } = await atFront({ target, headers: as(playbook.id) });
    expect(status).toBe(200);
    expect(JSON.parse(body)).toMatchObject(
      target.includes('/alerts/') ? { id: expect.any(String) } : { value: expect.any(Array) },
    );
  });

  it('serves a custom connector, whose person has the scope', async () => {
    expect((await atFront({ target: '/api/machines?$top=2', headers: as(connector.id) })).status).toBe(200);
  });

  it('has no secret in its settings: storage, Defender and callers are known by identity', async () => {
    expect(deployed.azurite.tables).toMatch(/^https:/);
    const { status, body } = await atFront({ target: '/gateway/quota', headers: as(playbook.id) });
    expect(status).toBe(200);
    expect(body).toContain(playbook.id);
  });

  it('takes an alert from a webhook with a key, by the one path that the wall leaves out, and enriches it', async () => {
    const alertId = '636688558380765161_2136280442';
    const taken = await atFront({
      method: 'POST',
      target: '/gateway/hooks/alerts',
      headers: { 'content-type': 'application/json', 'x-functions-key': deployed.host.keys.function },
      body: JSON.stringify({ alertId }),
    });
    expect(taken.status).toBe(202);
    const shown = await atFront({
      target: `/gateway/alerts/${alertId}`,
      headers: { ...as(playbook.id), prefer: 'wait=20' },
    });
    expect(JSON.parse(shown.body)).toMatchObject({ state: 'enriched' });
  });

  it('answers later who need not wait, and nobody else', async () => {
    const headers = { ...as(playbook.id), prefer: 'respond-async' };
    const parked = await atFront({ target: '/api/machines?$top=3', headers });
    expect(parked.status).toBe(202);
    const { pathname: target } = new URL(String(parked.headers.location));
    const ended = await atFront({ target, headers: { ...as(playbook.id), prefer: 'wait=20' } });
    expect(ended.status).toBe(200);
    expect(JSON.parse(ended.body).value).toHaveLength(3);
    expect((await atFront({ target, headers: as(connector.id) })).status).toBe(404);
    expect((await atFront({ target })).status).toBe(401);
  });
});

describe('the ways round', () => {
  /** Each is refused at the wall, and by what stands behind it where the wall is not there; and costs no call to Defender. */
  const refused = async (sent: RawRequest, allowed: readonly number[] = [401]) => {
    const before = await arrivals();
    for (const [where, ask] of Object.entries({ atFront, atLooseFront, atHost })) {
      const answer = await ask(sent);
      expect({ where, target: sent.target, status: answer.status, isRefusal: allowed.includes(answer.status) }).toEqual(
        {
          where,
          target: sent.target,
          status: answer.status,
          isRefusal: true,
        },
      );
      expect(tellsOfMachines(answer)).toBe(false);
    }
    expect(await arrivals()).toBe(before);
  };
  const tellsOfMachines = ({ body }: RawAnswer) =>
    /computerDnsName|lastIpAddress|propertiesRequireAttention/.test(body);
  const target = '/api/machines?$top=1';

  it.each<[string, () => Readonly<Record<string, string | readonly string[]>>]>([
    ['no token', () => ({})],
    ['an empty token', () => ({ authorization: 'Bearer ' })],
    ['another scheme', () => ({ authorization: `Basic ${btoa('user:password')}` })],
    ['a token without its scheme', () => ({ authorization: deployed.tokenOf(playbook.id) })],
    ['a token in another header', () => ({ 'x-ms-token-aad-access-token': deployed.tokenOf(playbook.id) })],
    ['a token in a cookie', () => ({ cookie: `AppServiceAuthSession=${deployed.tokenOf(playbook.id)}` })],
    [
      "Defender's own token",
      () => ({ authorization: 'Bearer eyJhbGciOiJub25lIn0.eyJyb2xlcyI6WyJNYWNoaW5lcy5SZWFkIl19.' }),
    ],
    ['a function key', () => ({ 'x-functions-key': deployed.host.keys.function })],
    ['the master key', () => ({ 'x-functions-key': deployed.host.keys.master })],
    ['a principal that says it is one', () => principal()],
    [
      'a principal with an ID and a name',
      () => ({ ...principal(), 'x-ms-client-principal-name': 'admin@contoso.com' }),
    ],
    ['the word of a proxy', () => ({ 'x-forwarded-for': '127.0.0.1', 'x-original-url': '/gateway/health' })],
    [
      'another address for what is asked',
      () => ({ 'x-rewrite-url': '/gateway/health', 'x-ms-original-url': '/gateway/hooks/alerts' }),
    ],
    [
      'a traced call of the platform',
      () => ({ 'x-ms-request-id': 'x', 'x-arr-ssl': 'x', 'disguised-host': 'localhost' }),
    ],
  ])('%s', async (_, headers) => {
    await refused({ target, headers: headers() });
  });

  const principal = () => {
    const claims = [
      { typ: 'roles', val: 'Machines.Read' },
      { typ: 'azp', val: playbook.id },
    ];
    return {
      'x-ms-client-principal': btoa(JSON.stringify({ auth_typ: 'aad', claims })),
      'x-ms-client-principal-id': playbook.objectId,
      'x-ms-client-principal-idp': 'aad',
    };
  };

  it('every token that is not what it should be', async () => {
    const odd = await oddTokens(deployed.issuer, playbook.id);
    expect(Object.keys(odd).length).toBeGreaterThan(25);
    // The front's own fault is no way in either: App Service takes a token for any of the audiences it knows.
    for (const token of Object.values(odd)) await refused({ target, headers: bearer(token) }, [401, 403]);
  });

  it.each([
    ['in the query', () => `/api/machines?$top=1&code=${deployed.host.keys.function}`],
    ['of the master, in the query', () => `/api/machines?$top=1&code=${deployed.host.keys.master}`],
  ])('a key %s', async (_, at) => {
    await refused({ target: at() });
  });

  it.each([
    () => `/api/machines?$top=1&access_token=${deployed.tokenOf(playbook.id)}`,
    () => `/api/machines?$top=1&authorization=Bearer%20${deployed.tokenOf(playbook.id)}`,
  ])('a token in the query', async (at) => {
    await refused({ target: at() });
  });

  it.each([
    '//api/machines',
    '/api//machines',
    '/API/Machines',
    '/api/machines/',
    '/%61pi/machines',
    '/api/%6dachines',
    '/api/%256dachines',
    '/api%2fmachines',
    '/api/./machines',
    '/./api/machines',
    '/api/machines;a=b',
    '/api/machines%00',
    '/api/machines%20',
    '/api/machines%0a',
    '/api/machines.',
    '\\api\\machines',
    '/api\\machines',
    '/api/v1.0/machines',
    '/api/v1.0/../machines',
    '/gateway/hooks/../../api/machines',
    '/gateway/hooks/%2e%2e/%2e%2e/api/machines',
    '/gateway/hooks/..%2f..%2fapi%2fmachines',
    '/gateway/hooks/..%5c..%5capi%5cmachines',
    '/gateway/hooks/%252e%252e/%252e%252e/api/machines',
    '/gateway/hooks//../../../api/machines',
    '/gateway/hooks/alerts/../../../api/machines',
    '/gateway/hooks/alerts/../../alerts?state=failed',
    '/gateway/hooks;/../../api/machines',
    '/GATEWAY/HOOKS/../../api/machines',
    '/api/machines/../../gateway/hooks/../quota',
    '/gateway/hooks/../machines/resolve?hostName=c-lab-28',
    '/gateway/health/../../api/machines',
    '/gateway/health/../quota',
    '/gateway/health/permissions',
    '/gateway/openapi.json',
    '/gateway/operations/0123456789abcdef0123456789abcdef',
    '/gateway/snapshots/latest/machines',
    'http://127.0.0.1/gateway/hooks/../../api/machines',
    'http://gateway.example/api/machines',
  ])('another spelling of the path: %s', async (spelling) => {
    const { function: key } = deployed.host.keys;
    await refused({ target: spelling, headers: { 'x-functions-key': key } }, [400, 401, 404]);
  });

  it.each<[string, RawRequest]>([
    ['POST with X-HTTP-Method-Override', { method: 'POST', target, headers: { 'x-http-method-override': 'GET' } }],
    ['POST with X-Method-Override', { method: 'POST', target, headers: { 'x-method-override': 'GET' } }],
    ['POST with _method', { method: 'POST', target: `${target}&_method=GET`, body: '_method=GET' }],
    ['GET as something else', { target, headers: { 'x-http-method': 'OPTIONS', 'x-http-method-override': 'OPTIONS' } }],
    ['HEAD', { method: 'HEAD', target }],
    ['OPTIONS', { method: 'OPTIONS', target }],
    [
      'OPTIONS as a browser asks',
      { method: 'OPTIONS', target, headers: { origin: 'https://a.example', 'access-control-request-method': 'GET' } },
    ],
    ['PUT', { method: 'PUT', target, body: '{}' }],
    ['TRACE', { method: 'TRACE', target }],
    ['another method in small letters', { method: 'get', target }],
    [
      'a batch',
      { method: 'POST', target: '/api/$batch', body: '{"requests":[{"id":"1","method":"GET","url":"machines"}]}' },
    ],
    [
      'a batch by way of the hooks',
      {
        method: 'POST',
        target: '/gateway/hooks/../../api/$batch',
        body: '{"requests":[{"id":"1","method":"GET","url":"machines"}]}',
      },
    ],
    ['parking it', { target, headers: { prefer: 'respond-async' } }],
    [
      'a handshake',
      { method: 'OPTIONS', target: '/gateway/alerts', headers: { 'webhook-request-origin': 'eventgrid.azure.net' } },
    ],
    ['an alert without a token', { method: 'POST', target: '/gateway/alerts', body: '{"alertId":"1"}' }],
    ['a hook without a key', { method: 'POST', target: '/gateway/hooks/alerts', body: '{"alertId":"1"}' }],
    [
      'a hook with a token for a key',
      { method: 'POST', target: '/gateway/hooks/alerts?code=eyJ', body: '{"alertId":"1"}' },
    ],
    [
      'a handshake of hooks without a key',
      { method: 'OPTIONS', target: '/gateway/hooks/alerts', headers: { 'webhook-request-origin': 'x.example' } },
    ],
    [
      "the platform's own door for events",
      { method: 'POST', target: '/runtime/webhooks/eventgrid?functionName=alertRaised', body: '[]' },
    ],
    ['running a timer by hand', { method: 'POST', target: '/admin/functions/snapshotSecurityStates', body: '{}' }],
    ['the list of keys', { target: '/admin/host/systemkeys/eventgrid_extension' }],
  ])('%s', async (_, sent) => {
    await refused(sent, [400, 401, 403, 404, 405, 501]);
  });

  it('two tokens at once', async () => {
    const { id } = playbook;
    const odd = await oddTokens(deployed.issuer, id);
    const pair = [`Bearer ${odd['not signed']}`, `Bearer ${deployed.tokenOf(id)}`];
    await refused({ target, headers: { authorization: pair } }, [400, 401]);
    await refused({ target, headers: { authorization: pair.join(', ') } }, [400, 401]);
  });

  it('a good token without the role, which is named', async () => {
    await refused({ target, headers: as(admin.id) }, [403]);
    const { body } = await atFront({ target, headers: as(admin.id) });
    expect(JSON.parse(body).error.message).toContain('asks for the role Machines.Read');
    const alerts = await atFront({ target: '/gateway/alerts?state=failed', headers: as(connector.id) });
    expect(alerts.status).toBe(403);
  });

  it('a batch that asks for what its sender may not ask alone', async () => {
    const requests = [
      { id: '1', method: 'GET', url: '/gateway/health/permissions' },
      { id: '2', method: 'GET', url: '/gateway/alerts?state=failed' },
      { id: '3', method: 'GET', url: '/gateway/health/permissions', headers: as(admin.id) },
    ];
    const headers = { ...as(connector.id), 'content-type': 'application/json' };
    const { status, body } = await atFront({
      method: 'POST',
      target: '/api/$batch',
      headers,
      body: JSON.stringify({ requests }),
    });
    expect(status).toBe(200);
    expect(JSON.parse(body).responses.map((one: { status: number }) => one.status)).toEqual([403, 403, 403]);
  });
});

describe('the permission doctor', () => {
  const withhold = (roles: Readonly<Record<string, readonly string[]>>) =>
    fetch(`${deployed.simulator.url}/_simulator/roles`, { method: 'PUT', body: JSON.stringify(roles) });
  const report = async (): Promise<PermissionsReport> => {
    const headers = { ...as(admin.id), 'cache-control': 'no-cache' };
    const { status, body } = await atFront({ target: '/gateway/health/permissions', headers });
    expect(status).toBe(200);
    return JSON.parse(body);
  };

  it('is for who has its role', async () => {
    expect((await atFront({ target: '/gateway/health/permissions', headers: as(playbook.id) })).status).toBe(403);
  });

  it('finds nothing missing where nothing is', async () => {
    const { status, calls } = await report();
    expect({ status, verdicts: new Set(calls.map(({ verdict }) => verdict)) }).toEqual({
      status: 'ok',
      verdicts: new Set(['ok']),
    });
  });

  /** As the simulator calls what the gateway calls otherwise. */
  const routes = {
    listMachines: 'listMachines',
    machine: 'machine',
    userMachines: 'userMachines',
    domainMachines: 'domainMachines',
    alertMachine: 'alertMachine',
    deviceAntivirus: 'deviceAvInfo',
    machineSecurityStates: 'machineSecurityStates',
  };
  const missing = ({ calls }: PermissionsReport) =>
    Object.fromEntries(
      calls.flatMap(({ call, verdict, rolesThatDo, fix = '' }) =>
        verdict === 'roleMissing'
          ? [[call, { rolesThatDo, isInFix: rolesThatDo.every((role) => fix.includes(role)) }]]
          : [],
      ),
    );
  const withheldOf = (calls: readonly string[]) =>
    Object.fromEntries(calls.map((call) => [call, { rolesThatDo: [`${call}.Read`], isInFix: true }]));

  it('names of each call the role that Defender withholds', async () => {
    await withhold(Object.fromEntries(Object.entries(routes).map(([call, route]) => [route, [`${call}.Read`]])));
    expect(missing(await report())).toEqual(withheldOf(Object.keys(routes)));
  });

  it('names no other than what is withheld', async () => {
    await withhold({ alertMachine: ['alertMachine.Read'], deviceAvInfo: ['deviceAntivirus.Read'] });
    const { status, calls } = await report();
    expect(missing({ calls } as PermissionsReport)).toEqual(withheldOf(['alertMachine', 'deviceAntivirus']));
    expect(calls.filter(({ verdict }) => verdict === 'ok')).toHaveLength(5);
    expect(status).toBe('degraded');
  });
});
