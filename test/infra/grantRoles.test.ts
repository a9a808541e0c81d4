import {
  apps,
  exampleTenant,
  granted,
  graph,
  isolate,
  ofGraph,
  principal,
  read,
  readWrite,
} from './support/az/exampleTenant.ts';
import { tenantId } from './support/az/fakeAz.ts';
import type { Tenant } from './support/az/fakeTenant.ts';
import { alreadyThere } from './support/az/refusals.ts';
import { runScript, type ScriptOptions } from './support/az/runScript.ts';

const run = (given: readonly string[], tenant: Tenant = exampleTenant(), options: ScriptOptions = {}) =>
  runScript('grant-roles.sh', given, { graph: tenant.graph, apps, without: 'azd', ...options });
const byId = ['--principal', principal];

describe('infra/grant-roles.sh', () => {
  it('grants the role for applications that is in force, and says when it will show', async () => {
    const tenant = exampleTenant();
    const { status, stdout, stderr } = await run(byId, tenant);
    expect([status, stderr]).toEqual([0, '']);
    expect(tenant.assignments).toEqual([granted(read)]);
    expect(stdout).toContain(
      `Tenant    ${tenantId} (public)\nIdentity  id-gateway (${principal})\ngranted   Machine.Read.All of WindowsDefenderATP\n`,
    );
    expect(stdout).toMatch(/up to 24 hours\. GET \/gateway\/health\/permissions tells/);
  });

  it('does nothing the second time', async () => {
    const tenant = exampleTenant({ assignments: [granted(read)] });
    const { status, stdout, calls } = await run(byId, tenant);
    expect(status).toBe(0);
    expect(stdout).toMatch(/there {5}Machine\.Read\.All of WindowsDefenderATP\n$/);
    expect(tenant.assignments).toEqual([granted(read)]);
    expect(calls.join()).not.toContain('--method post');
  });

  it('is content with the greater role where it is there already', async () => {
    const tenant = exampleTenant({ assignments: [granted(readWrite)] });
    const { status, stdout } = await run(byId, tenant);
    expect(status).toBe(0);
    expect(stdout).toContain('there     Machine.ReadWrite.All of WindowsDefenderATP, which holds Machine.Read.All');
    expect(tenant.assignments).toEqual([granted(readWrite)]);
  });

  it('is not content with a role of the same id elsewhere, nor with another role', async () => {
    const others = [
      granted(read, graph),
      granted(isolate),
      { ...granted(read), id: 'other', principalId: 'somebody else' },
    ];
    const tenant = exampleTenant({ assignments: others });
    await run(byId, tenant);
    expect(tenant.assignments).toEqual([...others, granted(read)]);
  });

  it('grants another role where asked to', async () => {
    const tenant = exampleTenant();
    await run([...byId, '--role', 'Machine.Isolate'], tenant);
    expect(tenant.assignments).toEqual([granted(isolate)]);
  });

  it('takes it well that somebody else was faster', async () => {
    const tenant = exampleTenant({ instead: ({ method }) => (method === 'post' ? alreadyThere : undefined) });
    const { status, stdout } = await run(byId, tenant);
    expect(status).toBe(0);
    expect(stdout).toContain('there     Machine.Read.All of WindowsDefenderATP');
  });

  it('only looks with --dry-run', async () => {
    const tenant = exampleTenant();
    const { status, stdout } = await run([...byId, '--dry-run'], tenant);
    expect(status).toBe(0);
    expect(stdout).toMatch(/would be {2}Machine\.Read\.All of WindowsDefenderATP\n$/);
    expect(tenant.assignments).toEqual([]);
  });

  it('grants the role of Graph that is named, for the preview', async () => {
    const tenant = exampleTenant();
    const { stdout } = await run([...byId, '--preview', '--graph-role', 'SecurityEvents.Read.All'], tenant);
    expect(stdout).toContain('granted   SecurityEvents.Read.All of Microsoft Graph');
    expect(tenant.assignments).toEqual([granted(read), granted(ofGraph, graph)]);
  });

  it('tells how it is used', async () => {
    const { status, stdout } = await run(['--help']);
    expect(status).toBe(0);
    expect(stdout).toContain('--cloud public|gcc|gcchigh|dod');
  });
});

describe('whose role infra/grant-roles.sh grants', () => {
  it.each([
    ['an app’s user-assigned identity', ['--app', 'gateway-app']],
    ['that of an app in a group', ['--app', 'gateway-app', '--group', 'gateway-group']],
    ['an app’s system-assigned identity', ['--app', 'system-app']],
  ])('%s', async (_, given) => {
    const tenant = exampleTenant();
    const { status } = await run(given, tenant);
    expect(status).toBe(0);
    expect(tenant.assignments).toEqual([granted(read)]);
  });

  it('that of the environment that azd deployed', async () => {
    const tenant = exampleTenant();
    await run([], tenant, { without: undefined, azd: { AZURE_IDENTITY_PRINCIPAL_ID: principal } });
    expect(tenant.assignments).toEqual([granted(read)]);
  });

  it('that of the environment variable', async () => {
    const tenant = exampleTenant();
    await run([], tenant, { variables: { AZURE_IDENTITY_PRINCIPAL_ID: principal } });
    expect(tenant.assignments).toEqual([granted(read)]);
  });

  it.each<[string, ScriptOptions]>([
    ['has deployed nothing', { without: undefined }],
    ['is not there', {}],
  ])('nobody’s, where azd %s', async (_, options) => {
    const { status, stderr } = await run([], exampleTenant(), options);
    expect([status, stderr]).toEqual([2, expect.stringContaining('give --app NAME or --principal')]);
  });
});

describe('the cloud of infra/grant-roles.sh', () => {
  it.each([
    ['public', 'AzureCloud', 'https://graph.microsoft.com/'],
    ['gcc', 'AzureCloud', 'https://graph.microsoft.com/'],
    ['gcchigh', 'AzureUSGovernment', 'https://graph.microsoft.us/'],
    ['dod', 'AzureUSGovernment', 'https://dod-graph.microsoft.us/'],
  ] as const)('%s: az in %s asks %s', async (name, cloud, host) => {
    const { status, calls } = await run([...byId, '--cloud', name], exampleTenant(), { cloud });
    expect(status).toBe(0);
    const questions = calls.filter((args) => args.startsWith('rest '));
    expect(questions.length).toBeGreaterThan(3);
    for (const args of questions) expect(args).toMatch(new RegExp(`--url ${host}v1\\.0/.* --resource ${host} `));
  });

  it('is that of the gateway’s setting where none is given', async () => {
    const options: ScriptOptions = { cloud: 'AzureUSGovernment', variables: { DEFENDER_CLOUD: 'gcchigh' } };
    expect((await run(byId, exampleTenant(), options)).stdout).toContain('(gcchigh)');
  });

  it('must be that of az', async () => {
    const { status, stderr, calls } = await run([...byId, '--cloud', 'gcchigh']);
    expect(status).toBe(1);
    expect(stderr).toContain(
      "az works in the cloud 'AzureCloud', and a tenant of --cloud gcchigh is in 'AzureUSGovernment'",
    );
    expect(stderr).toContain('az cloud set --name AzureUSGovernment && az login');
    expect(calls).toHaveLength(1);
  });
});
