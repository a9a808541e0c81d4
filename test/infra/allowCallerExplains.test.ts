import { allow, gateway, held, idOf, person, resource, soar, tenantWith } from './support/az/callers.ts';
import { denied } from './support/az/refusals.ts';
import type { ScriptOptions } from './support/az/runScript.ts';

describe('what infra/allow-caller.sh explains', () => {
  it.each<readonly [string, readonly string[], ScriptOptions, number, string]>([
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

  it.each([
    ['Application', person.userPrincipalName ?? '', 'people'],
    ['User', 'soar', 'identities and applications'],
  ])('says how a role that is for %s alone can be given to %s', async (member, who, kind) => {
    const tenant = tenantWith();
    const appRoles = gateway.appRoles.map((role) => ({ ...role, allowedMemberTypes: [member] }));
    tenant.applications = [{ ...gateway, appRoles }];
    const { status, stderr, asked } = await allow(tenant, [who, 'Machines.Read']);
    expect([status, asked.some(({ method }) => method === 'post')]).toEqual([1, false]);
    expect(stderr).toContain(`The role Machines.Read of the application ${gateway.appId} is not for ${kind}.`);
    expect(stderr).toContain("allow 'Both'");
  });

  it('asks which gateway is meant where nothing says so', async () => {
    const { status, stderr } = await allow(tenantWith(), ['soar', 'Machines.Read'], { variables: {} });
    expect([status, stderr]).toEqual([2, expect.stringContaining('--app')]);
  });

  it.each([
    ['post', ['soar', 'Machines.Read'], 'Giving Machines.Read', `${soar.id} Machines.Read`],
    ['delete', ['--remove', 'soar'], 'Taking Machines.Read', `--remove ${soar.id}`],
    [
      'post',
      [person.userPrincipalName ?? '', 'Machines.Read'],
      'Giving Machines.Read',
      `'${person.userPrincipalName}' Machines.Read`,
    ],
  ] as const)(
    'says who may do it where this account may not, and by which command: %s',
    async (method, given, what, same) => {
      const tenant = tenantWith();
      tenant.assignments =
        method === 'delete' ? [{ id: 'x', principalId: soar.id, resourceId: resource.id, appRoleId: idOf('0') }] : [];
      tenant.instead = (asked) => (asked.method === method ? denied : undefined);
      const { status, stderr } = await allow(tenant, given);
      expect([status, stderr]).toEqual([
        1,
        expect.stringMatching(`^${what}: this account may not. Have a Cloud Application Administrator`),
      ]);
      expect(stderr).toContain(`\n  infra/allow-caller.sh --app ${gateway.appId} ${same}\n`);
    },
  );
});
