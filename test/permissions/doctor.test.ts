import { callNamed, calls } from '../../src/defender/calls.ts';
import { probeOf } from '../../src/permissions/probe.ts';
import { defenderResource, reportOf, verdictsIn, wants, world } from './support/world.ts';

const readMachines = { roles: ['Machine.Read.All'] };

describe('the permission doctor, where all is well', () => {
  it('asks each call once, in the smallest way there is, for nothing that there is', async () => {
    const { examine, asked } = world({ newest: () => readMachines });
    const report = await examine();
    expect(report.status).toBe('ok');
    expect(report.securityStates.source).toBe('preview');
    expect(asked.toSorted()).toEqual([
      '/api/alerts/da000000000000000000_-1/machine',
      '/api/deviceavinfo?$top=1',
      '/api/domains/permission-check.invalid/machines',
      '/api/machines/0000000000000000000000000000000000000000',
      '/api/machines?$top=1',
      '/api/users/permission-check/machines',
      '/testwdatppreview/machinesecuritystates',
    ]);
  });

  it('tells of each call what was asked, with which token, and that it is let in', async () => {
    const report = await world({ newest: () => readMachines }).examine();
    expect(report.calls.map(({ call }) => call)).toEqual([...calls.map(({ name }) => name), 'deviceAntivirus']);
    expect(reportOf(report, 'alertMachine')).toEqual({
      call: 'alertMachine',
      request: 'GET https://api.security.microsoft.com/api/alerts/da000000000000000000_-1/machine',
      service: 'defender',
      verdict: 'ok',
      rolesThatDo: ['Machine.Read.All', 'Machine.ReadWrite.All'],
      rolesFrom: 'Get alert related machine information API',
      rolesInToken: ['Machine.Read.All'],
      scope: 'https://api.securitycenter.microsoft.com/.default',
      audience: defenderResource,
      said: { status: 404, code: 'ResourceNotFound', message: 'not found' },
      message: 'Defender lets the gateway in.',
    });
    expect(report.identity).toEqual({ clientId: 'client', objectId: 'object', tenantId: 'tenant' });
  });

  it('takes the greater role too, where it is there already', async () => {
    const { examine } = world({
      newest: () => ({ roles: ['Machine.ReadWrite.All'] }),
      says: wants('Machine.Read.All', 'Machine.ReadWrite.All'),
    });
    expect(verdictsIn(await examine())).toMatchObject({ listMachines: 'ok', deviceAntivirus: 'ok' });
  });

  it('shows no token', async () => {
    const report = JSON.stringify(await world({ newest: () => readMachines }).examine());
    expect(report).not.toMatch(/ey[\w-]+\./);
  });

  it('keeps the report for a minute, whoever asks', async () => {
    const { doctor, asked, clock } = world({ newest: () => readMachines });
    const both = Promise.all([doctor.examine(), doctor.examine()]);
    await clock.advance(5000);
    const [one, other] = await both;
    expect(other).toBe(one);
    expect(await doctor.examine()).toBe(one);
    expect(asked).toHaveLength(7);
    await clock.advance(60_000);
    const again = doctor.examine();
    await clock.advance(5000);
    expect((await again).checkedAt).not.toBe(one.checkedAt);
    expect(asked).toHaveLength(14);
  });

  it('spends no more than 7 calls in ten seconds, whoever asks anew', async () => {
    const { doctor, asked, clock } = world({ newest: () => readMachines });
    const asking: Promise<unknown>[] = [];
    for (let i = 0; i < 100; i++) {
      asking.push(doctor.examine(true));
      await clock.advance(99);
    }
    expect(asked).toHaveLength(7);
    await clock.advance(60_000);
    await Promise.all(asking);
    expect(asked).toHaveLength(14);
  });

  it('leaves calls to lookups, however often it is asked', async () => {
    const { doctor, defender, clock } = world({ newest: () => readMachines, limits: '10/60,20/3600' });
    const listMachines = callNamed('listMachines');
    const verdicts: unknown[] = [];
    for (let i = 0; i < 30; i++) {
      const examining = doctor.examine(true);
      await clock.advance(30_000);
      verdicts.push(verdictsIn(await examining).listMachines);
    }
    expect([verdicts[0], verdicts.at(-1)]).toEqual(['ok', 'quotaSpent']);
    const asking = defender.ask(listMachines, () => probeOf(listMachines), { waitMs: 2000, priority: 'interactive' });
    await clock.advance(5000);
    expect(await asking).toMatchObject({ kind: 'answered', status: 200 });
  });
});
