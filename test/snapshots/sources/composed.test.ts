import { composedSource } from '../../../src/snapshots/sources/composed.ts';
import { answered, scriptedLists } from './support/scriptedLists.ts';
import { walk } from './support/walk.ts';

const asOf = Date.parse('2026-11-21T00:00:00Z');

/** The bucket that all of these rows are in, read by way of both lists. */
const composed = async (
  machines: readonly unknown[],
  reports: readonly unknown[],
  slipped: readonly ('machines' | 'antivirus')[] = [],
) => {
  const { defender } = scriptedLists((path) => answered(200, { value: path === '/api/machines' ? machines : reports }));
  const source = composedSource({ defender, clock: { monotonic: () => 0 }, pageSize: 100, overlap: 3, staleDays: 7 });
  const rowsOf = async (list: 'machines' | 'antivirus') =>
    (await walk(source, list)).pages.flatMap(({ rows }) => rows.filter((lines) => lines !== ''));
  return source.compose(
    { machines: await rowsOf('machines'), antivirus: await rowsOf('antivirus') },
    { asOf, slipped },
  );
};

const machine = (id: string, change: object = {}) => ({
  id,
  osBuild: 22631,
  osProcessor: 'x64',
  onboardingStatus: 'Onboarded',
  ...change,
});
const report = (machineId: string, change: object = {}) => ({
  id: `row of ${machineId}`,
  machineId,
  osVersion: '10.0.22631.4037',
  avMode: '0',
  avIsEngineUpToDate: 'True',
  dataRefreshTimestamp: '2026-11-20T00:00:00Z',
  ...change,
});

describe('states composed from machines and antivirus reports', () => {
  it('join what is said of each machine, in whatever order it comes, and are sorted', async () => {
    const { states } = await composed(
      [machine('a3'), machine('A1'), machine('a2')],
      [report('a2', { avMode: '2' }), report('A3'), report('a1'), report('a9')],
    );
    expect(
      states.map(({ id, revision, propertiesRequireAttention }) => [id, revision, propertiesRequireAttention]),
    ).toEqual([
      ['a1', 4037, []],
      ['a2', 4037, ['AntivirusDisabled']],
      ['a3', 4037, []],
    ]);
  });

  it('take the newest of several reports', async () => {
    const old = report('a1', { osVersion: '10.0.22631.1', dataRefreshTimestamp: '2026-11-19T00:00:00Z' });
    const unset = report('a1', { osVersion: '10.0.22631.2', dataRefreshTimestamp: '0001-01-01T00:00:00Z' });
    for (const reports of [
      [old, report('a1'), unset],
      [unset, report('a1'), old],
    ])
      expect((await composed([machine('a1')], reports)).states[0]?.revision).toBe(4037);
  });

  it('take the later of two rows of a machine, and count the other', async () => {
    const { states, duplicates } = await composed(
      [machine('a1', { osBuild: 1 }), machine('a2'), machine('A1', { osBuild: 2 })],
      [],
    );
    expect(states.map(({ build }) => build)).toEqual([2, 22631]);
    expect(duplicates).toBe(1);
  });

  it('leave out machines that may have a report that was missed, where reports are not whole', async () => {
    const machines = [machine('a1'), machine('a2'), machine('a3', { osPlatform: 'iOS' })];
    const { states, leftOut } = await composed(machines, [report('a1')], ['antivirus']);
    expect(states.map(({ id }) => id)).toEqual(['a1', 'a3']);
    expect(leftOut).toBe(1);
  });

  it('hold all machines where only these are not whole', async () => {
    const { states, leftOut } = await composed([machine('a1'), machine('a2')], [report('a1')], ['machines']);
    expect(states.map(({ propertiesRequireAttention }) => propertiesRequireAttention)).toEqual([
      [],
      ['AntivirusNotReporting'],
    ]);
    expect(leftOut).toBe(0);
  });
});
