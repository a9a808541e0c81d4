import { spawnSync } from 'node:child_process';
import {
  granted,
  graph,
  isolate,
  ofGraph,
  principal,
  read,
  readWrite,
  tenant,
  tenantId,
} from './support/az/exampleTenant.ts';
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
