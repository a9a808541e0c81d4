import { spawnSync } from 'node:child_process';
import { openShell, type Shell, type Tenant } from './support/az/tenant.ts';

const script = 'infra/grant-roles.sh';
const principal = '11111111-1111-1111-1111-111111111111';
const client = '22222222-2222-2222-2222-222222222222';
const defender = '33333333-3333-3333-3333-333333333333';
const graph = '44444444-4444-4444-4444-444444444444';
const [read, readWrite, isolate, ofGraph] = ['role-read', 'role-read-write', 'role-isolate', 'role-of-graph'];
const tenantId = '55555555-5555-5555-5555-555555555555';

const role = (id: string, value: string, more: object = {}) => ({
  id,
  value,
  isEnabled: true,
  allowedMemberTypes: ['Application'],
  ...more,
});
const theDefender = {
  id: defender,
  appId: 'fc780465-2017-40d4-a0c5-307022471b92',
  displayName: 'WindowsDefenderATP',
  appRoles: [
    role('role-of-people', 'Machine.Read.All', { allowedMemberTypes: ['User'] }),
    role('role-of-before', 'Machine.Read.All', { isEnabled: false }),
    role(read, 'Machine.Read.All'),
    role(readWrite, 'Machine.ReadWrite.All'),
    role(isolate, 'Machine.Isolate'),
  ],
};
const identity = { id: principal, appId: client, displayName: 'id-gateway', appRoles: [] };
const theGraph = {
  id: graph,
  appId: '00000003-0000-0000-c000-000000000000',
  displayName: 'Microsoft Graph',
  appRoles: [role(ofGraph, 'SecurityEvents.Read.All')],
};

const tenant: Tenant = {
  cloud: 'AzureCloud',
  tenantId,
  servicePrincipals: [identity, theDefender, theGraph],
  assignments: [],
  apps: [
    { name: 'gateway-app', group: 'gateway-group', clientId: client },
    { name: 'system-app', group: 'gateway-group', principalId: principal },
    { name: 'bare-app', group: 'gateway-group' },
  ],
  faults: [],
  asked: [],
};
const granted = (appRoleId: string, resourceId = defender) => ({ principalId: principal, resourceId, appRoleId });

let shell: Shell;
beforeEach(() => {
  shell = openShell();
});
afterEach(() => shell.close());

const run = (args: readonly string[], of: Partial<Tenant> = {}, variables: Readonly<Record<string, string>> = {}) =>
  shell.run(script, args, { ...tenant, ...of }, variables);
const byId = ['--principal', principal];

describe('infra/grant-roles.sh', () => {
  it.each([script, 'infra/lib/az.sh'])('is bash: %s', (file) => {
    expect(spawnSync('bash', ['-n', file], { encoding: 'utf8' })).toMatchObject({ status: 0, stderr: '' });
  });

  it('grants the role for applications that is in force, and says when it will show', () => {
    const { status, said, complained, tenant: after } = run(byId);
    expect({ status, complained }).toEqual({ status: 0, complained: '' });
    expect(after.assignments).toEqual([granted(read)]);
    expect(said).toContain(
      `Tenant    ${tenantId} (public)\nIdentity  id-gateway (${principal})\ngranted   Machine.Read.All of WindowsDefenderATP\n`,
    );
    expect(said).toMatch(/up to 24 hours\. GET \/gateway\/health\/permissions tells/);
  });

  it('does nothing the second time', () => {
    const { status, said, tenant: after } = run(byId, { assignments: [granted(read)] });
    expect(status).toBe(0);
    expect(said).toMatch(/there {5}Machine\.Read\.All of WindowsDefenderATP\n$/);
    expect(after.assignments).toEqual([granted(read)]);
    expect(after.asked.join()).not.toContain('--method post');
  });

  it('is content with the greater role where it is there already', () => {
    const { status, said, tenant: after } = run(byId, { assignments: [granted(readWrite)] });
    expect(status).toBe(0);
    expect(said).toContain('there     Machine.ReadWrite.All of WindowsDefenderATP, which holds Machine.Read.All');
    expect(after.assignments).toEqual([granted(readWrite)]);
  });

  it('is not content with a role of the same id elsewhere, nor with another role', () => {
    const others = [granted(read, graph), granted(isolate), { ...granted(read), principalId: 'somebody else' }];
    expect(run(byId, { assignments: others }).tenant.assignments).toEqual([...others, granted(read)]);
  });

  it('grants another role where asked to', () => {
    expect(run([...byId, '--role', 'Machine.Isolate']).tenant.assignments).toEqual([granted(isolate)]);
  });

  it('takes it well that somebody else was faster', () => {
    const { status, said } = run(byId, { isAhead: true });
    expect(status).toBe(0);
    expect(said).toContain('there     Machine.Read.All of WindowsDefenderATP');
  });

  it('only looks with --dry-run', () => {
    const { status, said, tenant: after } = run([...byId, '--dry-run']);
    expect(status).toBe(0);
    expect(said).toMatch(/would be {2}Machine\.Read\.All of WindowsDefenderATP\n$/);
    expect(after.assignments).toEqual([]);
  });

  it('grants the role of Graph that is named, for the preview', () => {
    const { said, tenant: after } = run([...byId, '--preview', '--graph-role', 'SecurityEvents.Read.All']);
    expect(said).toContain('granted   SecurityEvents.Read.All of Microsoft Graph');
    expect(after.assignments).toEqual([granted(read), granted(ofGraph, graph)]);
  });

  it('tells how it is used', () => {
    const { status, said } = run(['--help']);
    expect(status).toBe(0);
    expect(said).toContain('--cloud public|gcc|gcchigh|dod');
  });
});

describe('whose role infra/grant-roles.sh grants', () => {
  it.each([
    ['an app’s user-assigned identity', ['--app', 'gateway-app']],
    ['that of an app in a group', ['--app', 'gateway-app', '--group', 'gateway-group']],
    ['an app’s system-assigned identity', ['--app', 'system-app']],
  ])('%s', (_, args) => {
    const { status, tenant: after } = run(args);
    expect(status).toBe(0);
    expect(after.assignments).toEqual([granted(read)]);
  });

  it('that of the environment that azd deployed', () => {
    shell.command('azd', `[ "$*" = 'env get-value AZURE_IDENTITY_PRINCIPAL_ID' ] && echo ${principal}`);
    expect(run([]).tenant.assignments).toEqual([granted(read)]);
  });

  it('that of the environment variable', () => {
    expect(run([], {}, { AZURE_IDENTITY_PRINCIPAL_ID: principal }).tenant.assignments).toEqual([granted(read)]);
  });

  it('nobody’s, where azd has deployed nothing', () => {
    shell.command('azd', 'echo "ERROR: no environment exists"; exit 1');
    expect(run([])).toMatchObject({ status: 2, complained: expect.stringContaining('give --app NAME or --principal') });
    shell.without('azd');
    expect(run([])).toMatchObject({ status: 2, complained: expect.stringContaining('give --app NAME or --principal') });
  });
});

describe('the cloud of infra/grant-roles.sh', () => {
  it.each([
    ['public', 'AzureCloud', 'https://graph.microsoft.com/'],
    ['gcc', 'AzureCloud', 'https://graph.microsoft.com/'],
    ['gcchigh', 'AzureUSGovernment', 'https://graph.microsoft.us/'],
    ['dod', 'AzureUSGovernment', 'https://dod-graph.microsoft.us/'],
  ] as const)('%s: az in %s asks %s', (name, cloud, host) => {
    const { status, tenant: after } = run([...byId, '--cloud', name], { cloud });
    expect(status).toBe(0);
    const asked = after.asked.filter((args) => args.startsWith('rest '));
    expect(asked.length).toBeGreaterThan(3);
    for (const args of asked) expect(args).toMatch(new RegExp(`--url ${host}v1\\.0/.* --resource ${host} `));
  });

  it('is that of the gateway’s setting where none is given', () => {
    expect(run(byId, { cloud: 'AzureUSGovernment' }, { DEFENDER_CLOUD: 'gcchigh' }).said).toContain('(gcchigh)');
  });

  it('must be that of az', () => {
    const { status, complained, tenant: after } = run([...byId, '--cloud', 'gcchigh']);
    expect(status).toBe(1);
    expect(complained).toContain(
      "az works in the cloud 'AzureCloud', and a tenant of --cloud gcchigh is in 'AzureUSGovernment'",
    );
    expect(complained).toContain('az cloud set --name AzureUSGovernment && az login');
    expect(after.asked).toHaveLength(1);
  });
});

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
