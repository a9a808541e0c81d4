import { apps, client, exampleTenant, identity, principal, theDefender } from './support/az/exampleTenant.ts';
import { tenantId } from './support/az/fakeAz.ts';
import type { Tenant } from './support/az/fakeTenant.ts';
import { denied } from './support/az/refusals.ts';
import { runScript, type ScriptOptions } from './support/az/runScript.ts';

const run = (given: readonly string[], tenant: Tenant = exampleTenant(), options: ScriptOptions = {}) =>
  runScript('grant-roles.sh', given, { graph: tenant.graph, apps, without: 'azd', ...options });
const byId = ['--principal', principal];

describe('what infra/grant-roles.sh explains', () => {
  it.each<[string, readonly string[], Partial<Tenant>, ScriptOptions, readonly string[]]>([
    ['not signed in', byId, {}, { isSignedIn: false }, ['az is not signed in, or no longer: az login']],
    [
      'a sign-in that is over',
      byId,
      {},
      { fault: { on: 'rest', says: 'AADSTS700082: The refresh token has expired' } },
      [`az login --tenant ${tenantId}`, 'AADSTS700082'],
    ],
    [
      'no Defender in the tenant',
      byId,
      { principals: [identity] },
      {},
      ['has no application WindowsDefenderATP', 'Defender for Endpoint is not set up', 'security.microsoft.com'],
    ],
    [
      'no right to grant',
      byId,
      { instead: ({ method }) => (method === 'post' ? denied : undefined) },
      {},
      ['may not grant Machine.Read.All', 'Global Administrator or Privileged Role Administrator'],
    ],
    ['no right to read', byId, { instead: () => denied }, {}, ['this account may not', 'Directory Readers']],
    [
      'no identity of this id',
      byId,
      { principals: [theDefender] },
      {},
      [`no identity with the object id ${principal}`, 'take a minute'],
    ],
    [
      'a client id in place of an object id',
      ['--principal', client],
      {},
      {},
      [`${client} is a client id`, `give --principal ${principal}`],
    ],
    [
      'no such app',
      ['--app', 'other-app'],
      {},
      {},
      ["There is no function app 'other-app' in the subscription", 'az account set'],
    ],
    [
      'no such app in this group',
      ['--app', 'gateway-app', '--group', 'other-group'],
      {},
      {},
      ["no function app 'gateway-app' in the resource group 'other-group'"],
    ],
    [
      'an app without an identity',
      ['--app', 'bare-app'],
      {},
      {},
      ['bare-app has no system-assigned identity', 'AZURE_CLIENT_ID'],
    ],
    [
      'an app whose identity is gone',
      ['--app', 'gateway-app'],
      { principals: [theDefender] },
      {},
      [`AZURE_CLIENT_ID of gateway-app is ${client}`],
    ],
    [
      'no right to the app',
      ['--app', 'gateway-app'],
      {},
      { fault: { on: 'appsettings', says: '(AuthorizationFailed) The client does not have authorization' } },
      ['this account may not', 'Website Contributor'],
    ],
    [
      'a role that there is not',
      [...byId, '--role', 'Machine.Nothing'],
      {},
      {},
      [
        'has no role Machine.Nothing for applications. It has: Machine.Isolate, Machine.Read.All, Machine.ReadWrite.All',
      ],
    ],
    [
      'no connection',
      byId,
      {},
      { fault: { on: 'rest', says: 'HTTPSConnectionPool: Failed to establish a new connection' } },
      ['no connection. Can https://graph.microsoft.com be reached'],
    ],
    [
      'what it does not know',
      byId,
      {},
      { fault: { on: 'rest', says: 'Something else' } },
      ['failed. az said: ERROR: Something else'],
    ],
  ])('%s', async (_, given, of, options, explained) => {
    const tenant = exampleTenant(of);
    const { status, stderr, stdout } = await run(given, tenant, options);
    expect(status).toBe(1);
    for (const text of explained) expect(stderr).toContain(text);
    expect(stdout).not.toContain('granted');
    expect(tenant.assignments).toEqual([]);
  });

  it.each<[string, readonly string[], ScriptOptions, string]>([
    ['by the app', ['--app', 'gateway-app'], {}, ''],
    [
      'with all that was asked for',
      [...byId, '--cloud', 'gcchigh', '--role', 'Machine.Isolate', '--preview', '--graph-role', 'X'],
      { cloud: 'AzureUSGovernment' },
      ' --cloud gcchigh --role Machine.Isolate --preview --graph-role X',
    ],
  ])('what somebody else runs, who has no azd: asked %s', async (_, given, options, more) => {
    const tenant = exampleTenant({ instead: ({ method }) => (method === 'post' ? denied : undefined) });
    const { stderr } = await run(given, tenant, options);
    expect(stderr).toContain(
      `of the tenant ${tenantId} run this, which needs az alone:\n  infra/grant-roles.sh --principal ${principal}${more}\n`,
    );
  });

  it('where the id of the identity is known, when nothing names one', async () => {
    expect((await run([])).stderr).toContain('azd env get-value AZURE_IDENTITY_PRINCIPAL_ID');
  });

  it.each([
    [['--what'], "'--what' is not an option."],
    [['--app'], '--app needs a value.'],
    [['--app', '--dry-run'], '--app needs a value.'],
    [['--app', 'x.azurewebsites.net'], 'without .azurewebsites.net'],
    [['--app', "x']|[0"], 'is not the name of a function app'],
    [['--principal', 'gateway'], 'is not an object id'],
    [['--app', 'x', ...byId], 'not both'],
    [['--group', 'x', ...byId], '--group goes with --app'],
    [[...byId, '--cloud', 'china'], 'write public, gcc, gcchigh or dod'],
    [[...byId, '--preview'], '--preview needs --graph-role NAME'],
    [[...byId, '--graph-role', 'X'], '--graph-role goes with --preview'],
    [[...byId, '--role', "x'"], 'A role is a name'],
  ])('%j', async (given, explained) => {
    const { status, stderr, calls } = await run(given);
    expect(status).toBe(2);
    expect(stderr).toContain(explained);
    expect(calls).toEqual([]);
  });
});
