import { execFileSync } from 'node:child_process';
import type { Application } from './support/applicationRules.ts';
import { type AzOptions, runScript } from './support/fakeAz.ts';
import { applicationOf, denied, type Principal, type Tenant, tenantOf } from './support/fakeTenant.ts';

const idOf = (digit: string) =>
  `${digit.repeat(8)}-${digit.repeat(4)}-4${digit.repeat(3)}-8${digit.repeat(3)}-${digit.repeat(12)}`;
const gateway: Application = applicationOf({
  appId: idOf('a'),
  appRoles: ['Machines.Read', 'Alerts.Enrich', 'Gateway.Admin'].map((value, i) => ({
    id: idOf(`${i}`),
    value,
    isEnabled: true,
  })),
});
const resource: Principal = {
  id: idOf('b'),
  appId: gateway.appId,
  displayName: gateway.displayName,
  servicePrincipalType: 'Application',
};
const logicApp: Principal = {
  id: idOf('c'),
  appId: idOf('d'),
  displayName: "isolate o'brien & co",
  servicePrincipalType: 'ManagedIdentity',
};
const soar: Principal = { id: idOf('e'), appId: idOf('f'), displayName: 'soar', servicePrincipalType: 'Application' };
const person: Principal = { id: idOf('9'), displayName: 'Ann', userPrincipalName: 'ann_fabrikam.com#EXT#@contoso.com' };

const tenantWith = (...principals: readonly Principal[]) =>
  tenantOf({ applications: [gateway], principals: [resource, logicApp, soar, person, ...principals] });
const allow = (
  tenant: Tenant,
  given: readonly string[],
  options: AzOptions = {},
  environment: Record<string, string> = { GATEWAY_CLIENT_ID: gateway.appId },
) => runScript('allow-caller.sh', given, { graph: tenant.graph, ...options }, environment);
/** Who has which role, by the first digit of both. */
const held = ({ assignments }: Tenant) =>
  assignments.map(({ principalId, appRoleId }) => `${principalId[0]}${appRoleId[0]}`).sort();

describe('infra/allow-caller.sh', () => {
  it('is bash', () => {
    expect(() => execFileSync('bash', ['-n', 'infra/allow-caller.sh'])).not.toThrow();
  });

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
    const { status, stdout } = await allow(tenantWith(), ['soar', 'Machines.Read'], { azd }, {});
    expect(status).toBe(0);
    expect(stdout).toContain(`azd env set CALLER_APPLICATIONS "${idOf('1')},${soar.appId}" && azd provision`);
    expect(stdout).not.toContain('CALLER_IDENTITIES');
    const listed = await allow(tenantWith(), ['soar', 'Machines.Read'], {
      azd: { ...azd, CALLER_APPLICATIONS: (soar.appId ?? '').toUpperCase() },
    });
    expect(listed.stdout).not.toContain('CALLER_APPLICATIONS');
  });

  it.each<readonly [string, readonly string[], AzOptions, number, string]>([
    ['nobody has the name', ['nobody', 'Machines.Read'], {}, 1, "no identity and no application 'nobody'"],
    ['nobody has the id', [idOf('3'), 'Machines.Read'], {}, 1, `object id or client id ${idOf('3')}`],
    ['there is no such person', ['bob@contoso.com', 'Machines.Read'], {}, 1, "no person 'bob@contoso.com'"],
    [
      'there is no such role',
      ['soar', 'machines.read'],
      {},
      2,
      "no role 'machines.read'. It has: Alerts.Enrich Gateway.Admin Machines.Read",
    ],
    ['no role is named', ['soar'], {}, 2, 'WHO ROLE...'],
    ['nobody is named', ['--remove'], {}, 2, '--remove WHO'],
    ['too much is named', ['--list', 'soar'], {}, 2, "'soar' is too much"],
    ['an option is unknown', ['soar', '--all'], {}, 2, "'--all' is not an option"],
    [
      'the gateway is of another tenant',
      ['soar', 'Machines.Read', '--app', idOf('2')],
      {},
      1,
      `no application ${idOf('2')}`,
    ],
    [
      'the gateway’s id is none',
      ['soar', 'Machines.Read', '--app', 'gateway'],
      {},
      2,
      "--app 'gateway' is not a client id",
    ],
    ['nobody is signed in', ['soar', 'Machines.Read'], { isSignedIn: false }, 1, 'az login'],
    [
      'az works in another cloud',
      ['soar', 'Machines.Read', '--cloud', 'dod'],
      {},
      1,
      'az cloud set --name AzureUSGovernment',
    ],
  ])('says what to do where %s', async (_, given, options, status, said) => {
    const tenant = tenantWith();
    const ran = await allow(tenant, given, options);
    expect([ran.status, ran.stderr, held(tenant)]).toEqual([status, expect.stringContaining(said), []]);
  });

  it('asks which gateway is meant where nothing says so', async () => {
    const { status, stderr } = await allow(tenantWith(), ['soar', 'Machines.Read'], {}, {});
    expect([status, stderr]).toEqual([2, expect.stringContaining('--app')]);
  });

  it.each([
    ['post', ['soar', 'Machines.Read'], 'Giving Machines.Read'],
    ['delete', ['--remove', 'soar'], 'Taking Machines.Read'],
  ] as const)('says who may do it where this account may not: %s', async (method, given, what) => {
    const tenant = tenantWith();
    tenant.assignments =
      method === 'delete' ? [{ id: 'x', principalId: soar.id, resourceId: resource.id, appRoleId: idOf('0') }] : [];
    tenant.instead = (asked) => (asked.method === method ? denied : undefined);
    const { status, stderr } = await allow(tenant, given);
    expect([status, stderr]).toEqual([
      1,
      expect.stringMatching(`^${what}: this account may not. Have a Cloud Application Administrator`),
    ]);
  });
});
