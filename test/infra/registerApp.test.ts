import { roles } from '../../src/callers/identity.ts';
import type { Entry } from './support/az/applicationRules.ts';
import { tenantId } from './support/az/fakeAz.ts';
import { applicationOf, tenantOf } from './support/az/fakeTenant.ts';
import { notFound } from './support/az/refusals.ts';
import { az, only, register, writes } from './support/az/registered.ts';

const valuesOf = (entries: readonly Entry[]) => entries.map(({ value }) => value);

describe('infra/register-app.sh', () => {
  it('makes an application that gives tokens of version 2 for its address, with each role as a scope too, and no secret', async () => {
    const tenant = tenantOf();
    const { status, stdout, stderr } = await register(tenant);
    expect([status, stderr]).toEqual([0, '']);
    const application = only(tenant);
    const { appId, api, appRoles } = application;
    expect(application).toMatchObject({
      displayName: 'Defender Machine Gateway',
      signInAudience: 'AzureADMyOrg',
      identifierUris: [`api://${appId}`],
      api: { requestedAccessTokenVersion: 2 },
      passwordCredentials: [],
    });
    expect(valuesOf(appRoles)).toEqual([...roles]);
    expect(valuesOf(api.oauth2PermissionScopes)).toEqual([...roles]);
    expect(appRoles.map(({ allowedMemberTypes }) => allowedMemberTypes)).toEqual(
      roles.map(() => ['Application', 'User']),
    );
    expect(api.oauth2PermissionScopes.map(({ type }) => type)).toEqual(roles.map(() => 'Admin'));
    expect(new Set(appRoles.map(({ id }) => id)).size).toBe(roles.length);
    expect(api.preAuthorizedApplications).toEqual([
      { appId: az, delegatedPermissionIds: appRoles.map(({ id }) => id) },
    ]);
    expect(tenant.principals).toMatchObject([{ appId, appRoleAssignmentRequired: true }]);
    expect(stdout).toContain(`\nGATEWAY_CLIENT_ID=${appId}\n`);
    expect(stdout).toContain(tenantId);
  });

  it('changes nothing where all is right, and tells azd again', async () => {
    const tenant = tenantOf();
    const azd: Record<string, string> = {};
    await register(tenant, [], { azd });
    const before = JSON.stringify(tenant);
    const { status, stdout, asked } = await register(tenant, [], { azd });
    expect([status, JSON.stringify(tenant), writes(asked)]).toEqual([0, before, []]);
    expect(stdout).not.toMatch(/added|warning|azd env set/);
    expect(azd).toEqual({ GATEWAY_CLIENT_ID: only(tenant).appId });
  });

  it('takes the application that azd knows, and leaves roles, scopes and addresses that are there', async () => {
    const both = ['Application', 'User'];
    const role = {
      id: 'r',
      allowedMemberTypes: both,
      value: 'Own.Role',
      isEnabled: true,
      description: 'it\'s "theirs"',
      displayName: 'x',
    };
    const known = {
      id: 'kept',
      allowedMemberTypes: both,
      value: 'Machines.Read',
      isEnabled: true,
      description: 'a "word"',
      displayName: 'y',
    };
    const scope = {
      id: 's',
      value: 'Alerts.Enrich',
      isEnabled: true,
      adminConsentDescription: 'z',
      adminConsentDisplayName: 'Z',
      type: 'User',
    };
    const application = applicationOf({
      displayName: 'Another',
      identifierUris: ['https://contoso.com/own'],
      appRoles: [role, known],
      api: { requestedAccessTokenVersion: 1, oauth2PermissionScopes: [scope] },
    });
    const tenant = tenantOf({ applications: [application] });
    const { status, stderr } = await register(tenant, [], { variables: { GATEWAY_CLIENT_ID: application.appId } });
    expect([status, stderr]).toEqual([0, '']);
    const { appRoles, api, identifierUris } = only(tenant);
    expect(appRoles.slice(0, 2)).toMatchObject([role, known]);
    expect(valuesOf(appRoles)).toEqual(['Own.Role', 'Machines.Read', 'Alerts.Enrich', 'Gateway.Admin']);
    expect(appRoles[2]).toMatchObject({ id: 's', description: 'z', displayName: 'Z' });
    expect(api.oauth2PermissionScopes).toMatchObject([
      scope,
      { id: 'kept', value: 'Machines.Read', adminConsentDescription: 'a "word"' },
      { value: 'Gateway.Admin' },
    ]);
    expect([identifierUris, api.requestedAccessTokenVersion]).toEqual([
      ['https://contoso.com/own', `api://${application.appId}`],
      2,
    ]);
  });

  it('asks for a role of whoever wants a token, where the application did not', async () => {
    const application = applicationOf({ tags: ['defender-machine-gateway'] });
    const { appId, displayName } = application;
    const tenant = tenantOf({
      applications: [application],
      principals: [{ id: 'p', appId, displayName, appRoleAssignmentRequired: false }],
    });
    expect((await register(tenant)).stdout).toContain('tokens only for who has a role');
    expect(tenant.principals).toMatchObject([{ id: 'p', appRoleAssignmentRequired: true }]);
  });

  it('does not take an application of the same name that it did not make', async () => {
    const application = applicationOf();
    const tenant = tenantOf({ applications: [application] });
    const { status, stderr, asked } = await register(tenant);
    expect([status, writes(asked)]).toEqual([1, []]);
    expect(stderr).toContain(`--client-id ${application.appId}`);
    expect((await register(tenant, ['--client-id', application.appId])).status).toBe(0);
    expect((await register(tenantOf({ applications: [application] }), ['--name', 'Another (test)'])).status).toBe(0);
  });

  it('lists the client ids where there are several of the name', async () => {
    const applications = [applicationOf({ tags: ['defender-machine-gateway'] }), applicationOf()];
    const { status, stderr } = await register(tenantOf({ applications }));
    expect(status).toBe(1);
    for (const { appId } of applications) expect(stderr).toContain(`\n  ${appId}`);
  });

  it('waits for what was just made to be known everywhere', async () => {
    const tenant = tenantOf();
    let misses = 0;
    tenant.instead = ({ method, path }) => {
      const isNew =
        (method === 'get' && path.endsWith('=appId')) ||
        method === 'patch' ||
        (method === 'post' && path === 'servicePrincipals');
      return isNew && tenant.applications.length > 0 && misses++ % 3 !== 2 ? notFound('new') : undefined;
    };
    const { status, stderr } = await register(tenant);
    expect([status, stderr, misses]).toEqual([0, '', 12]);
    expect(tenant.principals).toHaveLength(1);
  });

  it('lets people ask for tokens with az beside the clients that are there, unless told not to', async () => {
    const scope = { id: 's', value: 'Own', isEnabled: true };
    const other = { appId: tenantId, delegatedPermissionIds: ['s'] };
    const api = { requestedAccessTokenVersion: 2, oauth2PermissionScopes: [scope], preAuthorizedApplications: [other] };
    const application = applicationOf({ api });
    const tenant = tenantOf({ applications: [application] });
    const clients = () => only(tenant).api.preAuthorizedApplications;
    expect((await register(tenant, ['--client-id', application.appId, '--without-az'])).status).toBe(0);
    expect(clients()).toEqual([other]);
    expect((await register(tenant, ['--client-id', application.appId])).status).toBe(0);
    expect(clients()).toEqual([other, { appId: az, delegatedPermissionIds: expect.any(Array) }]);
    expect(clients()?.[1]?.delegatedPermissionIds).toHaveLength(roles.length);
  });

  it('lets az ask for the scopes that it may not yet ask for, and for those that it may', async () => {
    const tenant = tenantOf();
    await register(tenant);
    const application = only(tenant);
    const [first = '', ...others] = application.api.oauth2PermissionScopes.map(({ id }) => id);
    const own = { id: 'own', value: 'Own', isEnabled: true };
    const scopes = [...application.api.oauth2PermissionScopes, own];
    const preAuthorizedApplications = [{ appId: az, delegatedPermissionIds: ['own', first] }];
    tenant.applications = [
      { ...application, api: { ...application.api, oauth2PermissionScopes: scopes, preAuthorizedApplications } },
    ];
    expect((await register(tenant)).stdout).toContain('added        client az');
    expect(only(tenant).api.preAuthorizedApplications).toEqual([
      { appId: az, delegatedPermissionIds: ['own', first, ...others] },
    ]);
    expect(writes((await register(tenant)).asked)).toEqual([]);
  });

  it('knows the cloud by azd, where nothing else says it', async () => {
    const azd = { DEFENDER_CLOUD: 'gcchigh' };
    const { status, stdout } = await register(tenantOf(), [], { cloud: 'AzureUSGovernment', azd });
    expect({ status, stdout }).toEqual({ status: 0, stdout: expect.stringContaining('(gcchigh)') });
  });

  it('asks the Graph of the cloud', async () => {
    const tenant = tenantOf();
    expect((await register(tenant, ['--cloud', 'gcchigh'], { cloud: 'AzureUSGovernment' })).status).toBe(0);
  });
});
