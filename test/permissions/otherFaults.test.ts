import { graphResource, isGraphs, refusal, reportOf, type Spoken, verdictsIn, world } from './support/world.ts';

const readMachines = { roles: ['Machine.Read.All'] };
/** Graph says nothing of interest. */
const onDefender =
  (spoken: Spoken | Error | 'silence') =>
  (path: string): Spoken | Error | 'silence' | undefined =>
    isGraphs(path) ? undefined : spoken;

describe('the permission doctor, where something else is wrong', () => {
  it.each([
    [
      'a tenant whose account is not active',
      refusal(401, 'Unauthorized request - reason of failure: Account mode is inactive', 'Unauthorized'),
      'notLicensed',
      'No role helps.',
    ],
    [
      'a tenant without the licence',
      refusal(401, 'Unauthorized request - reason of failure: No Tvm license', 'Unauthorized'),
      'notLicensed',
      'No role helps.',
    ],
    [
      'a tenant without an account',
      refusal(403, 'Unauthorized request - Account is not provisioned.'),
      'notLicensed',
      'security.microsoft.com',
    ],
    [
      'a token of another service',
      refusal(403, "Invalid audience 'https://api.security.microsoft.com'."),
      'wrongAudience',
      'Remove the setting DEFENDER_SCOPE, or set it to https://api.securitycenter.microsoft.com/.default',
    ],
    [
      'a token that is refused for no known reason',
      refusal(401, 'No.', 'Unauthorized'),
      'refused',
      "the words are Defender's own",
    ],
    [
      'a no for no known reason',
      refusal(403, 'The feature is disabled', 'DisabledFeature'),
      'refused',
      'DEFENDER_BASE_URL',
    ],
    ['a broken service', { status: 500 }, 'unreachable', 'ask again in a minute'],
    [
      'a host that is another',
      { status: 404, body: '<html>', headers: { 'content-type': 'text/html' } },
      'refused',
      'DEFENDER_BASE_URL',
    ],
    ['a connection that fails', new Error('connect ECONNREFUSED'), 'unreachable', 'api.security.microsoft.com'],
    ['silence', 'silence' as const, 'unreachable', 'network'],
    [
      'a quota that others have spent',
      refusal(429, 'API calls quota exceeded! You can send requests again in 40 seconds.', '429'),
      'quotaSpent',
      'Ask again in 40 s.',
    ],
  ])('knows %s', async (_, spoken, verdict, fix) => {
    const report = await world({ newest: () => readMachines, says: onDefender(spoken) }).examine();
    expect(report.status).toBe(verdict === 'quotaSpent' ? 'degraded' : 'failed');
    expect(reportOf(report, 'listMachines')).toMatchObject({ verdict, fix: expect.stringContaining(fix) });
  });

  it('believes the token itself that it is of another service', async () => {
    const report = await world({
      newest: () => ({ aud: 'https://api.security.microsoft.com' }),
      says: onDefender(refusal(403, 'Forbidden')),
    }).examine();
    expect(reportOf(report, 'listMachines')).toMatchObject({
      verdict: 'wrongAudience',
      audience: 'https://api.security.microsoft.com',
      message: expect.stringContaining('The token is for https://api.security.microsoft.com'),
    });
  });

  it('says that the identity gives no token, and asks nothing', async () => {
    const { examine, asked } = world({
      newest: () => {
        throw new Error('no identity found');
      },
    });
    const report = await examine();
    expect(report).toMatchObject({ status: 'failed', identity: {}, securityStates: { source: 'none' } });
    expect(reportOf(report, 'machine')).toMatchObject({
      verdict: 'identityUnavailable',
      message: 'There is no token for Defender: no identity found.',
      fix: expect.stringContaining('AZURE_CLIENT_ID'),
    });
    expect(asked).toEqual([]);
  });

  it('says that the tenant has no Defender, where Entra does', async () => {
    const report = await world({
      newest: (resource) => {
        if (resource === graphResource) return {};
        throw new Error(`AADSTS500011: The resource principal named ${resource} was not found in the tenant`);
      },
    }).examine();
    expect(reportOf(report, 'machine')).toMatchObject({
      verdict: 'identityUnavailable',
      fix: expect.stringContaining('set up Defender for Endpoint first'),
    });
    expect(report.identity).toEqual({ clientId: 'client', objectId: 'object', tenantId: 'tenant' });
  });

  it('can make nothing of a token that is none, but still asks', async () => {
    const { examine, services } = world();
    services.defender.token.get = () => Promise.resolve('opaque.');
    const report = await examine();
    expect(report.tokens[0]?.message).toBe("The token can't be read: it is no JSON web token.");
    expect(reportOf(report, 'listMachines')).toMatchObject({ verdict: 'ok', rolesInToken: undefined });
  });

  it('keeps its own calls within the quota', async () => {
    const { examine, doctor, clock, asked } = world({ newest: () => readMachines, limits: '1/600' });
    await examine();
    await clock.advance(60_000);
    const again = doctor.examine();
    await clock.advance(30_000);
    const report = await again;
    expect(verdictsIn(report)).toMatchObject({ listMachines: 'quotaSpent', machine: 'quotaSpent' });
    expect(report.status).toBe('degraded');
    expect(asked.filter((path) => path === '/api/machines?$top=1')).toHaveLength(1);
  });

  it.each([
    ['silent', 'silence'],
    ['not to be reached', new Error('connect ECONNREFUSED')],
    ['down', { status: 503 }],
  ] as const)('ends within 25 seconds where Defender is %s', async (_, spoken) => {
    const { doctor, clock } = world({ newest: () => ({ roles: [] }), says: () => spoken });
    let hasEnded = false;
    void doctor.examine().then(() => {
      hasEnded = true;
    });
    await clock.advance(25_000);
    expect(hasEnded).toBe(true);
  });
});
