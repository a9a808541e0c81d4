import {
  defenderResource,
  graphResource,
  isGraphs,
  made,
  refusal,
  reportOf,
  type Spoken,
  verdictsIn,
  wants,
  world,
} from './support/world.ts';

const readMachines = { roles: ['Machine.Read.All'] };
const defendersCalls = ['listMachines', 'machine', 'userMachines', 'domainMachines', 'alertMachine', 'deviceAntivirus'];

describe('the permission doctor, where a role is missing', () => {
  it('says which, where, by which command, and when it will show', async () => {
    const { examine } = world({
      newest: () => ({ roles: ['Alert.Read.All'] }),
      says: wants('Machine.Read.All', 'Machine.ReadWrite.All'),
    });
    const report = await examine();
    expect(report.status).toBe('failed');
    for (const name of defendersCalls) {
      expect(reportOf(report, name)).toMatchObject({
        verdict: 'roleMissing',
        rolesThatDo: ['Machine.Read.All', 'Machine.ReadWrite.All'],
        rolesFrom: 'the refusal',
        rolesInToken: ['Alert.Read.All'],
        message:
          'The token has none of the roles that would do (Machine.Read.All, Machine.ReadWrite.All); it has Alert.Read.All.',
        fix: "Grant the application role Machine.Read.All of WindowsDefenderATP to the gateway's identity: infra/grant-roles.sh --app gateway-app. Tokens are cached. If a role was granted after 2026-11-19 00:00 UTC, when this token was made, it shows at 2026-11-20 00:00 UTC at the latest: the platform keeps tokens until they end.",
      });
    }
  });

  it('asks the platform for a newer token, and goes on with it where that has the role', async () => {
    const granted = new Map([[defenderResource, [] as string[]]]);
    const { examine, doctor, clock, defender, services } = world({
      newest: (resource) => ({
        roles: granted.get(resource) ?? [],
        iat: made + (granted.get(resource)?.length ? 7200 : 0),
      }),
      says: (path, roles) => (isGraphs(path) ? undefined : wants('Machine.Read.All')(path, roles)),
    });
    expect((await examine()).status).toBe('failed');
    const before = await services.defender.token.get();
    granted.set(defenderResource, ['Machine.Read.All']);
    await clock.advance(60_000);
    const again = doctor.examine();
    await clock.advance(60_000);
    const report = await again;
    expect(report.status).toBe('ok');
    expect(report.tokens[0]).toMatchObject({
      roles: ['Machine.Read.All'],
      issuedAt: '2026-11-19T02:00:00.000Z',
      message:
        'Machine.Read.All was granted, but the token of 2026-11-19 00:00 UTC that was in use is older. This process uses the newer one from now on; others do at 2026-11-20 00:00 UTC at the latest, or at once when the app is restarted.',
    });
    expect(await services.defender.token.get()).not.toBe(before);
    expect(defender).toBeDefined();
  });

  it('asks for no newer token where the roles are there', async () => {
    const { examine, tokenRequests } = world({ newest: () => readMachines });
    await examine();
    expect(tokenRequests.filter(({ resource, fresh }) => fresh && resource === defenderResource)).toEqual([]);
  });

  it('leaves the token in use alone where the newer one has no more', async () => {
    const { examine, services } = world({
      newest: () => ({ roles: [], jti: Math.random() }),
      says: wants('Machine.Read.All'),
    });
    const before = await services.defender.token.get();
    await examine();
    expect(await services.defender.token.get()).toBe(before);
  });

  it('names the one call that is withheld, and what fails for it', async () => {
    const { examine } = world({
      newest: () => readMachines,
      statesSource: 'composed',
      says: (path, roles) => (path === '/api/deviceavinfo' ? wants('Antivirus.Read.All')(path, roles) : undefined),
    });
    const report = await examine();
    expect(report.status).toBe('degraded');
    expect(verdictsIn(report)).toEqual({
      ...Object.fromEntries(defendersCalls.map((name) => [name, 'ok'])),
      deviceAntivirus: 'roleMissing',
      machineSecurityStates: 'notUsed',
    });
    expect(reportOf(report, 'deviceAntivirus').fix).toContain(
      'infra/grant-roles.sh --app gateway-app --role Antivirus.Read.All.',
    );
    expect(report.securityStates).toEqual({
      source: 'none',
      message:
        "They are composed of machines and reports of antivirus, and /api/deviceavinfo can't be read: there are no security states and no snapshots. All else works without.",
    });
  });

  it.each([
    [{ name: 'app', cloud: 'gcchigh' as const }, '--app app --cloud gcchigh.'],
    [{ cloud: 'public' as const }, '--principal object.'],
  ])('knows how the script finds the identity of %j', async (app, command) => {
    const report = await world({ app, says: wants('Machine.Read.All') }).examine();
    expect(reportOf(report, 'machine').fix).toContain(`infra/grant-roles.sh ${command}`);
  });
});

describe('the permission doctor, of the preview', () => {
  const withPreview = (spoken: Spoken, statesSource: 'auto' | 'preview' = 'auto') =>
    world({
      newest: (resource) => (resource === graphResource ? {} : readMachines),
      statesSource,
      says: (path) => (isGraphs(path) ? spoken : undefined),
    }).examine();

  it('says that nobody has published its role, and that states are composed without it', async () => {
    const report = await withPreview(
      refusal(403, 'Insufficient privileges to complete the operation.', 'Authorization_RequestDenied'),
    );
    expect(report).toMatchObject({ status: 'ok', securityStates: { source: 'composed' } });
    expect(reportOf(report, 'machineSecurityStates')).toMatchObject({
      verdict: 'roleMissing',
      rolesThatDo: [],
      rolesFrom: 'Get Machines security states collection API: "read permissions", without a name',
      fix: expect.stringContaining('--app gateway-app --preview --graph-role NAME.'),
    });
  });

  it.each([404, 410])('composes where it is not served (%d)', async (status) => {
    const report = await withPreview(refusal(status, 'Resource could not be discovered.', 'ResourceNotFound'));
    expect(report).toMatchObject({ status: 'ok', securityStates: { source: 'composed' } });
    expect(reportOf(report, 'machineSecurityStates')).toMatchObject({
      verdict: 'notServed',
      message: `/testwdatppreview/machinesecuritystates is not served here (${status} ResourceNotFound Resource could not be discovered).`,
    });
  });

  it('is not content where no other source is allowed', async () => {
    const report = await withPreview(refusal(404, 'Resource could not be discovered.'), 'preview');
    expect(report).toMatchObject({ status: 'degraded', securityStates: { source: 'none' } });
    expect(reportOf(report, 'deviceAntivirus').verdict).toBe('notUsed');
  });
});
