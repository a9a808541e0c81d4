import { roles } from '../../src/callers/identity.ts';
import { type Asked, tenantId } from './support/az/fakeAz.ts';
import { applicationOf, tenantOf } from './support/az/fakeTenant.ts';
import { denied } from './support/az/refusals.ts';
import { only, register, writes } from './support/az/registered.ts';
import type { ScriptOptions } from './support/az/runScript.ts';

describe('what infra/register-app.sh explains', () => {
  it('says so where Entra does not show the scopes in time, and lets az ask the next time', async () => {
    const tenant = tenantOf();
    const isLate = ({ method, path }: Asked) => method === 'get' && path.endsWith('$select=api');
    tenant.instead = (asked) => {
      const [{ api } = applicationOf()] = tenant.applications;
      const some = { ...api, oauth2PermissionScopes: api.oauth2PermissionScopes.slice(0, 2) };
      return isLate(asked) ? { value: { api: some } } : undefined;
    };
    const { status, stdout, asked } = await register(tenant);
    expect([status, asked.filter(isLate).length]).toEqual([0, 6]);
    expect(stdout).toContain('warning      people can not ask for tokens with az yet');
    expect(only(tenant).api.preAuthorizedApplications).toBeUndefined();
    tenant.instead = () => undefined;
    await register(tenant);
    expect(only(tenant).api.preAuthorizedApplications?.[0]?.delegatedPermissionIds).toHaveLength(roles.length);
  });

  it.each([
    ['User', 'for people alone, and no identity and no application can be given it'],
    ['Application', 'for applications alone, and no person can be given it'],
  ])('warns of a role that is for one kind alone, and changes it not: %s', async (member, warned) => {
    const tenant = tenantOf();
    await register(tenant);
    tenant.applications = tenant.applications.map((one) => ({
      ...one,
      appRoles: one.appRoles.map((role) =>
        role.value === 'Alerts.Enrich' ? { ...role, allowedMemberTypes: [member] } : role,
      ),
    }));
    const { status, stdout, asked } = await register(tenant);
    expect([status, writes(asked)]).toEqual([0, []]);
    expect(stdout.split('\n').filter((line) => line.startsWith('warning'))).toEqual([
      `warning      the role Alerts.Enrich is ${warned}. Under App roles of the application switch it off and apply, allow 'Both' and switch it on, and apply`,
    ]);
  });

  it('warns of secrets, of other tenants, and of roles that are switched off', async () => {
    const off = roles.map((value) => ({
      id: value,
      value,
      isEnabled: value !== 'Alerts.Enrich',
      allowedMemberTypes: ['Application', 'User'],
      description: 'd',
      displayName: 'n',
    }));
    const application = applicationOf({
      appRoles: off,
      signInAudience: 'AzureADMultipleOrgs',
      passwordCredentials: [{}],
    });
    const { status, stdout } = await register(tenantOf({ applications: [application] }), [
      '--client-id',
      application.appId,
    ]);
    expect(status).toBe(0);
    expect(stdout.split('\n').filter((line) => line.startsWith('warning'))).toEqual([
      expect.stringContaining('the role Alerts.Enrich is switched off'),
      expect.stringContaining('AzureADMultipleOrgs'),
      expect.stringContaining('secrets (1)'),
    ]);
  });

  it.each<readonly [string, readonly string[], ScriptOptions, number, string]>([
    ['nobody is signed in', [], { isSignedIn: false }, 1, 'az login'],
    ['az works in another cloud', ['--cloud', 'gcchigh'], {}, 1, 'az cloud set --name AzureUSGovernment'],
    ['the cloud is none', ['--cloud', 'moon'], {}, 2, 'public, gcc, gcchigh or dod'],
    ['the client id is none', ['--client-id', 'x'], {}, 2, "--client-id 'x' is not a client id"],
    ['the client id is nobody’s', ['--client-id', tenantId], {}, 1, `no application with the client id ${tenantId}`],
    ['the name would break a question', ['--name', "o'brien"], {}, 2, 'write letters, digits, blanks'],
    ['an option is unknown', ['--secret'], {}, 2, "'--secret' is not an option"],
    ['an option has no value', ['--name'], {}, 2, '--name needs a value'],
  ])('says what to do where %s', async (_, given, options, status, said) => {
    const tenant = tenantOf();
    const ran = await register(tenant, given, options);
    expect([ran.status, ran.stderr]).toEqual([status, expect.stringContaining(said)]);
    expect(tenant.applications).toEqual([]);
  });

  it.each([
    ['post', 'applications', 'Registering the application'],
    ['patch', 'applications', 'Bringing the application up to date'],
    ['post', 'servicePrincipals', 'Making the service principal'],
  ])('says who may do it where this account may not: %s %s', async (method, path, what) => {
    const tenant = tenantOf();
    tenant.instead = (asked) => (asked.method === method && asked.path.startsWith(path) ? denied : undefined);
    const { status, stderr, stdout } = await register(tenant);
    expect([status, stderr]).toEqual([
      1,
      expect.stringMatching(new RegExp(`^${what}: this account may not. Have an Application Developer`)),
    ]);
    expect(stdout).not.toContain('GATEWAY_CLIENT_ID=');
  });

  it('tells somebody else what to run, who has no azd', async () => {
    const tenant = tenantOf();
    tenant.instead = ({ method }) => (method === 'get' ? undefined : denied);
    const options: ScriptOptions = { cloud: 'AzureUSGovernment', variables: { AZURE_ENV_NAME: 'soc' } };
    expect((await register(tenant, ['--cloud', 'dod', '--without-az'], options)).stderr).toContain(
      'needs az alone:\n  infra/register-app.sh --name "Defender Machine Gateway (soc)" --cloud dod --without-az\nThen: azd env set',
    );
    const application = applicationOf();
    tenant.applications = [application];
    expect((await register(tenant, ['--client-id', application.appId])).stderr).toContain(
      `\n  infra/register-app.sh --client-id ${application.appId}\n`,
    );
  });

  it('takes no name that would break what is sent', async () => {
    for (const name of ['back\\slash', '"', 'a;b'])
      expect((await register(tenantOf(), ['--name', name])).status).toBe(2);
  });
});
