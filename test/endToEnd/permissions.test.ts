import type { PermissionsReport } from '../../src/permissions/report.ts';
import { type Gateway, startGateway } from '../support/gateway.ts';

const graph = 'https://graph.microsoft.com';
const readMachines = ['Machine.Read.All', 'Machine.ReadWrite.All'];
const all = ['listMachines', 'machine', 'userMachines', 'domainMachines', 'alertMachine', 'machineSecurityStates'];

/** A report is kept for a minute, so each test has a gateway of its own. */
let gateway: Gateway;
beforeEach(async () => {
  gateway = await startGateway({ simulator: { machines: 20 } });
});
afterEach(() => gateway.stop());

const examined = async (): Promise<PermissionsReport> => {
  const response = await gateway.get('/gateway/health/permissions');
  expect(response.status).toBe(200);
  const text = await response.text();
  expect(text).not.toMatch(/eyJ/);
  return JSON.parse(text);
};
const verdicts = ({ calls }: PermissionsReport) =>
  Object.fromEntries(calls.map(({ call, verdict }) => [call, verdict]));
const allOf = (verdict: string) => Object.fromEntries([...all, 'deviceAntivirus'].map((call) => [call, verdict]));

describe('GET /gateway/health/permissions', () => {
  it('lets each call be, where the role is there, and costs one call each, once a minute', async () => {
    const report = await examined();
    expect(report).toMatchObject({ status: 'ok', securityStates: { source: 'preview' } });
    expect(verdicts(report)).toEqual(allOf('ok'));
    expect(await examined()).toEqual(report);
    expect(await gateway.arrivals()).toHaveLength(7);
  });

  it('names, of each call that is withheld, the role that it wants', async () => {
    const routeOf = (call: string) => (call === 'deviceAntivirus' ? 'deviceAvInfo' : call);
    const withheld = ['machine', 'domainMachines', 'alertMachine', 'deviceAntivirus', 'machineSecurityStates'];
    const roles = Object.fromEntries(withheld.map((call) => [routeOf(call), [`${call}.Read.All`]]));
    await gateway.control('PUT', 'roles', roles);
    const report = await examined();
    expect(report.status).toBe('degraded');
    expect(verdicts(report)).toMatchObject({ listMachines: 'ok', userMachines: 'ok' });
    for (const call of withheld) {
      expect(report.calls.find((each) => each.call === call)).toMatchObject({
        verdict: 'roleMissing',
        rolesThatDo: [`${call}.Read.All`],
        rolesFrom: 'the refusal',
        fix: expect.stringContaining(`${call}.Read.All`),
      });
    }
  });

  it('names Machine.Read.All where the identity has been given nothing, and when it would show', async () => {
    await gateway.changeIdentity({ roles: [], ageSeconds: 3600, lifetimeSeconds: 86_400 });
    const report = await examined();
    expect(report.status).toBe('failed');
    const { machineSecurityStates, ...defenders } = verdicts(report);
    expect(new Set(Object.values(defenders))).toEqual(new Set(['roleMissing']));
    expect(machineSecurityStates).toBe('ok');
    const { rolesThatDo, fix } = report.calls[0] ?? {};
    expect(rolesThatDo).toEqual(readMachines);
    const [{ issuedAt = '', expiresAt = '' } = {}] = report.tokens;
    expect(Date.parse(expiresAt) - Date.parse(issuedAt)).toBe(86_400_000);
    const minute = (at: string) => `${at.slice(0, 16).replace('T', ' ')} UTC`;
    expect(fix).toContain(
      `after ${minute(issuedAt)}, when this token was made, it shows at ${minute(expiresAt)} at the latest`,
    );
    expect(fix).toContain('infra/grant-roles.sh --');
  });

  it('finds that the role was granted after the token in use was made, and has the gateway go on with a newer one', async () => {
    await gateway.changeIdentity({ roles: ['Alert.Read.All'] });
    expect((await gateway.get('/api/machines?$top=1')).status).toBe(403);
    await gateway.changeIdentity({ roles: ['Machine.Read.All'] });
    expect((await gateway.get('/api/machines?$top=1')).status).toBe(403);
    const report = await examined();
    expect(report.tokens[0]?.message).toMatch(
      /^Machine\.Read\.All was granted, but the token of .* that was in use is older\./,
    );
    expect(report.status).toBe('ok');
    expect((await gateway.get('/api/machines?$top=1')).status).toBe(200);
  });

  it('knows a token for another service', async () => {
    await gateway.changeIdentity({ audience: 'https://api.security.microsoft.com' });
    const report = await examined();
    expect(report.calls[0]).toMatchObject({ verdict: 'wrongAudience', audience: 'https://api.security.microsoft.com' });
    expect(report.calls[0]?.fix).toContain('https://api.securitycenter.microsoft.com/.default');
  });

  it('says that Graph withholds the preview, and that states are composed', async () => {
    await gateway.changeIdentity({ rolesByResource: { [graph]: [] } });
    await gateway.control('PUT', 'roles', { machineSecurityStates: ['States.Read.All'] });
    expect(await examined()).toMatchObject({ status: 'ok', securityStates: { source: 'composed' } });
  });

  it('tells what is no matter of roles from what is', async () => {
    await gateway.faults([
      { match: { route: 'listMachines' }, do: { status: 401 } },
      { match: { route: 'machine' }, do: { status: 500 } },
      { match: { route: 'userMachines' }, do: { reset: true } },
      { match: { route: 'domainMachines' }, do: { status: 429, retryAfter: 40 } },
      { match: { route: 'machineSecurityStates' }, do: { status: 410 } },
    ]);
    const report = await examined();
    expect(verdicts(report)).toEqual({
      listMachines: 'notLicensed',
      machine: 'unreachable',
      userMachines: 'unreachable',
      domainMachines: 'quotaSpent',
      alertMachine: 'ok',
      machineSecurityStates: 'notServed',
      deviceAntivirus: 'ok',
    });
    expect(report).toMatchObject({ status: 'degraded', securityStates: { source: 'none' } });
  });

  it('knows an identity that gives no token', async () => {
    await gateway.changeIdentity({ fail: { status: 400, times: 100 } });
    expect(verdicts(await examined())).toEqual(allOf('identityUnavailable'));
  });
});
