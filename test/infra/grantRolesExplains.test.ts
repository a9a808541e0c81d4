import { client, identity, principal, tenant, tenantId, theDefender } from './support/az/exampleTenant.ts';
import { openShell, type Shell, type Tenant } from './support/az/tenant.ts';

const script = 'infra/grant-roles.sh';
let shell: Shell;
beforeEach(() => {
  shell = openShell();
});
afterEach(() => shell.close());

const run = (args: readonly string[], of: Partial<Tenant> = {}, variables: Readonly<Record<string, string>> = {}) =>
  shell.run(script, args, { ...tenant, ...of }, variables);
const byId = ['--principal', principal];

describe('what infra/grant-roles.sh explains', () => {
  it.each<[string, readonly string[], Partial<Tenant>, readonly string[]]>([
    ['not signed in', byId, { tenantId: null }, ['az is not signed in, or no longer: az login']],
    [
      'a sign-in that is over',
      byId,
      { faults: [{ on: 'rest', says: 'AADSTS700082: The refresh token has expired' }] },
      [`az login --tenant ${tenantId}`, 'AADSTS700082'],
    ],
    [
      'no Defender in the tenant',
      byId,
      { servicePrincipals: [identity] },
      ['has no application WindowsDefenderATP', 'Defender for Endpoint is not set up', 'security.microsoft.com'],
    ],
    [
      'no right to grant',
      byId,
      { mayNot: 'grant' },
      ['may not grant Machine.Read.All', 'Global Administrator or Privileged Role Administrator'],
    ],
    ['no right to read', byId, { mayNot: 'read' }, ['this account may not', 'Directory Readers']],
    [
      'no identity of this id',
      byId,
      { servicePrincipals: [theDefender] },
      [`no identity with the object id ${principal}`, 'take a minute'],
    ],
    [
      'a client id in place of an object id',
      ['--principal', client],
      {},
      [`${client} is a client id`, `give --principal ${principal}`],
    ],
    [
      'no such app',
      ['--app', 'other-app'],
      {},
      ["There is no function app 'other-app' in the subscription", 'az account set'],
    ],
    [
      'no such app in this group',
      ['--app', 'gateway-app', '--group', 'other-group'],
      {},
      ["no function app 'gateway-app' in the resource group 'other-group'"],
    ],
    [
      'an app without an identity',
      ['--app', 'bare-app'],
      {},
      ['bare-app has no system-assigned identity', 'AZURE_CLIENT_ID'],
    ],
    [
      'an app whose identity is gone',
      ['--app', 'gateway-app'],
      { servicePrincipals: [theDefender] },
      [`AZURE_CLIENT_ID of gateway-app is ${client}`],
    ],
    [
      'no right to the app',
      ['--app', 'gateway-app'],
      { faults: [{ on: 'appsettings', says: '(AuthorizationFailed) The client does not have authorization' }] },
      ['this account may not', 'Website Contributor'],
    ],
    [
      'a role that there is not',
      [...byId, '--role', 'Machine.Nothing'],
      {},
      [
        'has no role Machine.Nothing for applications. It has: Machine.Isolate, Machine.Read.All, Machine.ReadWrite.All',
      ],
    ],
    [
      'no connection',
      byId,
      { faults: [{ on: 'rest', says: 'HTTPSConnectionPool: Failed to establish a new connection' }] },
      ['no connection. Can https://graph.microsoft.com be reached'],
    ],
    [
      'what it does not know',
      byId,
      { faults: [{ on: 'rest', says: 'Something else' }] },
      ['failed. az said: ERROR: Something else'],
    ],
  ])('%s', (_, args, of, explained) => {
    const { status, complained, said, tenant: after } = run(args, of);
    expect(status).toBe(1);
    for (const text of explained) expect(complained).toContain(text);
    expect(said).not.toContain('granted');
    expect(after.assignments).toEqual([]);
  });

  it('that az is missing', () => {
    shell.without('az');
    expect(run(byId)).toMatchObject({ status: 1, complained: expect.stringContaining('az is not installed') });
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
  ])('%j', (args, explained) => {
    const { status, complained, tenant: after } = run(args);
    expect(status).toBe(2);
    expect(complained).toContain(explained);
    expect(after.asked).toEqual([]);
  });
});
