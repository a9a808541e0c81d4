import { allow, gateway, held, idOf, logicApp, person, resource, soar, tenantWith } from './support/az/callers.ts';
import type { Principal } from './support/az/fakeTenant.ts';

describe('infra/allow-caller.sh', () => {
  it.each([
    ['the name of its identity', logicApp.displayName],
    ['its object id', logicApp.id],
    ['its client id', logicApp.appId ?? ''],
  ])('gives a caller its roles, by %s', async (_, who) => {
    const tenant = tenantWith();
    const { status, stdout, stderr } = await allow(tenant, [who, 'Machines.Read', 'Alerts.Enrich']);
    expect([status, stderr, held(tenant)]).toEqual([0, '', ['c0', 'c1']]);
    expect(stdout).toContain(`${logicApp.displayName} (client id ${logicApp.appId}, object id ${logicApp.id})`);
  });

  it('gives a person a role', async () => {
    const tenant = tenantWith();
    const { status, stdout, stderr } = await allow(tenant, [person.userPrincipalName ?? '', 'Machines.Read']);
    expect([status, stderr, held(tenant)]).toEqual([0, '', ['90']]);
    expect(stdout).toContain('what both may');
  });

  it('gives nothing twice', async () => {
    const tenant = tenantWith();
    await allow(tenant, ['soar', 'Machines.Read']);
    const { status, stdout, asked } = await allow(tenant, ['soar', 'Machines.Read', 'Gateway.Admin']);
    expect([status, held(tenant)]).toEqual([0, ['e0', 'e2']]);
    expect(asked.filter(({ method }) => method === 'post')).toHaveLength(1);
    expect(stdout).toMatch(/there {5}Machines.Read\ngiven {5}Gateway.Admin/);
  });

  it('takes it for given where somebody else was faster', async () => {
    const tenant = tenantWith();
    tenant.instead = ({ path }) => (path.includes('/appRoleAssignments') ? { value: { value: [] } } : undefined);
    await allow(tenant, ['soar', 'Machines.Read']);
    const { status, stdout } = await allow(tenant, ['soar', 'Machines.Read']);
    expect([status, stdout, held(tenant)]).toEqual([0, expect.stringContaining('there     Machines.Read'), ['e0']]);
  });

  it('refuses a name that several have, and lists them', async () => {
    const twin: Principal = { ...soar, id: idOf('7'), appId: idOf('8'), servicePrincipalType: 'ManagedIdentity' };
    const tenant = tenantWith(twin);
    const { status, stderr } = await allow(tenant, ['soar', 'Machines.Read']);
    expect([status, held(tenant)]).toEqual([1, []]);
    expect(stderr).toContain(
      `  ${soar.id}  client id ${soar.appId}  Application\n  ${twin.id}  client id ${twin.appId}  ManagedIdentity`,
    );
    expect((await allow(tenant, [twin.id, 'Machines.Read'])).status).toBe(0);
    expect(held(tenant)).toEqual(['70']);
  });

  it('takes away the roles that are named, or all, and only the gateway’s', async () => {
    const tenant = tenantWith();
    const other = { id: 'other', principalId: soar.id, resourceId: idOf('6'), appRoleId: idOf('5') };
    tenant.assignments = [other];
    await allow(tenant, ['soar', 'Machines.Read', 'Alerts.Enrich', 'Gateway.Admin']);
    await allow(tenant, ['logicApp', 'Machines.Read']);
    expect((await allow(tenant, ['--remove', 'soar', 'Alerts.Enrich'])).stdout).toContain('taken     Alerts.Enrich');
    expect(held(tenant)).toEqual(['e0', 'e2', 'e5']);
    expect((await allow(tenant, ['--remove', 'soar', 'Alerts.Enrich'])).stdout).toContain('not there Alerts.Enrich');
    expect((await allow(tenant, ['soar', '--remove'])).stdout).toMatch(
      /taken {5}Machines.Read\ntaken {5}Gateway.Admin/,
    );
    expect(tenant.assignments).toEqual([other]);
    expect((await allow(tenant, ['--remove', 'soar'])).stdout).toContain('It has no role.');
  });

  it('lists who has what', async () => {
    const tenant = tenantWith();
    expect((await allow(tenant, ['--list'])).stdout).toBe('Nobody has a role.\n');
    await allow(tenant, ['soar', 'Machines.Read', 'Gateway.Admin']);
    await allow(tenant, [person.userPrincipalName ?? '', 'Alerts.Enrich']);
    tenant.assignments = [
      ...tenant.assignments,
      { id: 'x', principalId: logicApp.id, resourceId: resource.id, appRoleId: idOf('4') },
    ];
    expect((await allow(tenant, ['--list'])).stdout.split('\n').map((line) => line.split(/ {2,}/))).toEqual([
      ['Alerts.Enrich', person.id, 'User', 'Ann'],
      [expect.stringContaining(idOf('4')), 'ServicePrincipal', logicApp.displayName],
      ['Machines.Read', soar.id, 'ServicePrincipal', 'soar'],
      ['Gateway.Admin', soar.id, 'ServicePrincipal', 'soar'],
      [''],
    ]);
  });

  it('knows the gateway by azd, and says how to enter a caller into the lists of the door', async () => {
    const azd = { GATEWAY_CLIENT_ID: gateway.appId, CALLER_APPLICATIONS: idOf('1'), CALLER_IDENTITIES: '' };
    const { status, stdout } = await allow(tenantWith(), ['soar', 'Machines.Read'], { azd, variables: {} });
    expect(status).toBe(0);
    expect(stdout).toContain(`azd env set CALLER_APPLICATIONS "${idOf('1')},${soar.appId}" && azd provision`);
    expect(stdout).not.toContain('CALLER_IDENTITIES');
    const listed = await allow(tenantWith(), ['soar', 'Machines.Read'], {
      azd: { ...azd, CALLER_APPLICATIONS: (soar.appId ?? '').toUpperCase() },
    });
    expect(listed.stdout).not.toContain('CALLER_APPLICATIONS');
  });
});
