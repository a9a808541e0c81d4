import * as fc from 'fast-check';
import { newestAntivirus, readAntivirusRow } from '../../../../src/snapshots/sources/composing/antivirusRow.ts';
import { attentionProperties, knownProperties } from '../../../../src/snapshots/sources/composing/attention.ts';
import { composeState } from '../../../../src/snapshots/sources/composing/composeState.ts';
import { readMachineRow } from '../../../../src/snapshots/sources/composing/machineRow.ts';
import { law } from '../../../support/law.ts';

const id = '1e5bc9d7e413ddd7902c2932e418702b84d0cc07';
const machine = {
  id,
  osPlatform: 'Windows11',
  osProcessor: 'x64',
  osArchitecture: '64-bit',
  osBuild: 22631,
  healthStatus: 'Active',
  onboardingStatus: 'Onboarded',
  mergedIntoMachineId: null,
};
const antivirus = {
  id: 'c4b3f2a0-0000-0000-0000-000000000001',
  machineId: id,
  osVersion: '10.0.22631.4037',
  avMode: '0',
  avIsSignatureUpToDate: 'True',
  avIsEngineUpToDate: 'True',
  avIsPlatformUpToDate: 'True',
  dataRefreshTimestamp: '2026-11-20T03:00:00.1234567Z',
};
const judgement = { asOf: Date.parse('2026-11-21T00:00:00Z'), staleDays: 7 };

type Sent = Readonly<Record<string, unknown>>;

/** The state that comes of these two rows, changed like this; null: no row of antivirus. */
const stateOf = (machineChange: Sent = {}, antivirusChange: Sent | null = {}) => {
  const row = readMachineRow({ ...machine, ...machineChange });
  if (!row) throw new Error('no machine');
  const report = antivirusChange && readAntivirusRow({ ...antivirus, ...antivirusChange });
  return composeState(row, report ?? undefined, judgement);
};
const attention = (...changes: Parameters<typeof stateOf>) => stateOf(...changes).propertiesRequireAttention;

describe('a composed security state', () => {
  it('has the documented shape', () => {
    expect(stateOf()).toEqual({
      id,
      build: 22631,
      revision: 4037,
      architecture: 'Amd64',
      osVersion: '10.0.22631.4037',
      propertiesRequireAttention: [],
    });
  });

  it('goes by the id in lower case, whichever list writes it how', () => {
    expect(readMachineRow({ id: ' ABCDEF ' })?.id).toBe('abcdef');
    expect(readAntivirusRow({ machineId: 'ABCDEF' })?.id).toBe('abcdef');
  });

  it.each([
    ['that of the machine', { osBuild: 22631 }, { osVersion: '10.0.19044.1865' }, 22631],
    ['as a number, if it came as text', { osBuild: '22631' }, {}, 22631],
    [
      'the third part of the version where the machine has none',
      { osBuild: null },
      { osVersion: '10.0.19044.1865' },
      19044,
    ],
    [
      'taken from a version with its branch behind it',
      { osBuild: null },
      { osVersion: '10.0.14393.2485.amd64fre.rs1' },
      14393,
    ],
    ['unknown for a version that is not of Windows', { osBuild: null }, { osVersion: '14.6.1' }, null],
    ['unknown for a kernel', { osBuild: null }, { osVersion: '5.15.0.91-generic' }, null],
    ['unknown without a report', { osBuild: null }, null, null],
    ['unknown where it is no number', { osBuild: 'new' }, { osVersion: 7 }, null],
  ])('has as its build %s', (_, machineChange, antivirusChange, build) => {
    expect(stateOf(machineChange, antivirusChange).build).toBe(build);
  });

  it.each([
    ['10.0.19044.1865', 1865, '10.0.19044.1865'],
    ['10.0.14393.2485.amd64fre.rs1_release.180827-1809', 2485, '10.0.14393.2485.amd64fre.rs1_release.180827-1809'],
    ['14.6', null, '14.6'],
    ['', null, null],
    [null, null, null],
  ])('has of version %j the revision %j', (sent, revision, osVersion) => {
    expect(stateOf({}, { osVersion: sent })).toMatchObject({ revision, osVersion });
  });

  it.each([
    ['x64', '64-bit', 'Amd64'],
    ['x86', '64-bit', 'X86'],
    ['ARM64', '64-bit', 'Arm64'],
    ['', '64-bit', 'Amd64'],
    [null, '32-bit', 'X86'],
    ['riscv', '64-bit', 'Amd64'],
    ['riscv', '128-bit', '128-bit'],
    ['riscv', null, 'riscv'],
    [undefined, undefined, null],
  ])('says of processor %j and %j that it is %j', (osProcessor, osArchitecture, architecture) => {
    expect(stateOf({ osProcessor, osArchitecture }).architecture).toBe(architecture);
  });
});

describe('what requires attention', () => {
  it.each([
    ['Active', []],
    ['Inactive', []],
    ['Unknown', []],
    [null, []],
    ['ImpairedCommunication', ['EdrImpairedCommunications']],
    ['impairedCommunication', ['EdrImpairedCommunications']],
    ['NoSensorData', ['EdrNoSensorData']],
    ['NoSensorDataImpairedCommunication', ['EdrImpairedCommunications', 'EdrNoSensorData']],
  ])('of a sensor whose health is %j is %j', (healthStatus, expected) => {
    expect(attention({ healthStatus })).toEqual(expected);
  });

  it.each([
    ['there is no report', null],
    ['no verdict is known', unknown('Unknown')],
    ['all verdicts are missing', unknown(undefined)],
    ['all verdicts are null', unknown(null)],
    ['the report is older than seven days', { dataRefreshTimestamp: '2026-11-13T23:59:59.9999999Z' }],
    ['the report is old, written without a zone', { dataRefreshTimestamp: '2026-11-13 23:59:59.999' }],
  ])('is AntivirusNotReporting where %s', (_, change) => {
    expect(attention({}, change)).toEqual(['AntivirusNotReporting']);
  });

  it.each([
    ['one verdict is known', { avIsSignatureUpToDate: 'Unknown', avIsEngineUpToDate: null }],
    ['the report is seven days old', { dataRefreshTimestamp: '2026-11-14T00:00:00Z' }],
    ['the report is newer than the run', { dataRefreshTimestamp: '2026-11-22T00:00:00Z' }],
    ['the instant is that of the year 1', { dataRefreshTimestamp: '0001-01-01T00:00:00Z' }],
    ['the instant was never set', { dataRefreshTimestamp: null }],
    ['the instant is none', { dataRefreshTimestamp: 'yesterday' }],
  ])('is nothing where %s', (_, change) => {
    expect(attention({}, change)).toEqual([]);
  });

  it.each([['False'], ['false'], [' FALSE '], [false]])('is AntivirusNotUpdated for the verdict %j', (verdict) => {
    expect(attention({}, { avIsPlatformUpToDate: verdict })).toEqual(['AntivirusNotUpdated']);
    expect(attention({}, { ...unknown('Unknown'), avIsEngineUpToDate: verdict })).toEqual(['AntivirusNotUpdated']);
  });

  it.each([
    ['2', ['AntivirusDisabled']],
    [2, ['AntivirusDisabled']],
    ['0', []],
    ['1', []],
    ['', []],
    ['12', []],
    [null, []],
  ])('of mode %j is %j', (avMode, expected) => {
    expect(attention({}, { avMode })).toEqual(expected);
  });

  it.each([['iOS'], ['Android'], ['AndroidEnterprise'], ['iPadOS']])(
    'is no report that %s never sends',
    (osPlatform) => {
      expect(attention({ osPlatform }, null)).toEqual([]);
    },
  );

  const allBad: Sent = { healthStatus: 'NoSensorDataImpairedCommunication' };
  const badReport: Sent = { avMode: 2, avIsEngineUpToDate: 'False', dataRefreshTimestamp: '2026-01-01T00:00:00Z' };

  it('is all that holds, sorted', () => {
    expect(attention(allBad, badReport)).toEqual(knownProperties);
    expect([...knownProperties].sort()).toEqual(knownProperties);
    expect(attentionProperties.map(({ name }) => name)).toEqual(knownProperties);
  });

  it.each([
    ['can be onboarded only', { onboardingStatus: 'CanBeOnboarded' }],
    ['is offboarded', { onboardingStatus: 'Offboarded' }],
    ['is folded into another', { mergedIntoMachineId: 'aa' }],
  ])('is nothing of a machine that %s', (_, change) => {
    expect(attention({ ...allBad, ...change }, badReport)).toEqual([]);
  });

  it.each([['onboarded'], ['ONBOARDED'], [undefined], [null]])(
    'is told where onboardingStatus is %j',
    (onboardingStatus) => {
      expect(attention({ ...allBad, onboardingStatus }, badReport)).toEqual(knownProperties);
    },
  );
});

describe('a row that is not as documented', () => {
  it.each([[{}], [{ id: null }], [{ id: 7 }], [{ id: ' ' }], [null], ['text'], [[]]])('%j is nobody', (json) => {
    expect(readMachineRow(json)).toBeUndefined();
    expect(readAntivirusRow(json)).toBeUndefined();
  });

  it.each([['a/b'], ['a#b'], ['~'], ['ä'], ['a\tb'], ['a'.repeat(101)]])(
    '%j is no id: it can be no key of a row',
    (sent) => {
      expect(readMachineRow({ id: sent })).toBeUndefined();
    },
  );

  it('is cut where it says more than can be kept, between two characters', () => {
    expect(stateOf({}, { osVersion: 'v'.repeat(10_000) }).osVersion).toBe('v'.repeat(200));
    expect(stateOf({}, { osVersion: `${'v'.repeat(199)}\u{1F600}` }).osVersion).toBe('v'.repeat(199));
  });

  it('is read, whatever its values are', () => {
    const names = [...Object.keys(machine), ...Object.keys(antivirus)].filter(
      (name) => name !== 'id' && name !== 'machineId',
    );
    const row = fc.dictionary(fc.constantFrom(...names), fc.jsonValue());
    law(
      fc.property(row, row, (one, other) => {
        const state = stateOf(one, other);
        expect(state.id).toBe(id);
        expect(state.build === null || Number.isSafeInteger(state.build)).toBe(true);
        expect(JSON.parse(JSON.stringify(state))).toEqual(state);
      }),
    );
  });
});

describe('several reports on one machine', () => {
  const reportAt = (dataRefreshTimestamp: string | null, change: Sent = {}) => {
    const row = readAntivirusRow({ ...antivirus, dataRefreshTimestamp, ...change });
    if (!row) throw new Error('no report');
    return row;
  };

  it('come to the one refreshed last; one that does not say when is older than any', () => {
    const [old, recent, unset] = [reportAt('2026-11-01T00:00:00Z'), reportAt('2026-11-02T00:00:00Z'), reportAt(null)];
    expect(newestAntivirus([old, recent, unset])).toBe(recent);
    expect(newestAntivirus([unset, old])).toBe(old);
    expect(newestAntivirus([])).toBeUndefined();
  });

  it('come to the same one in whatever order they come', () => {
    const report = fc.record({
      dataRefreshTimestamp: fc.constantFrom(null, '2026-11-01T00:00:00Z', '2026-11-02T00:00:00Z'),
      osVersion: fc.constantFrom('10.0.1.1', '10.0.1.2', null),
      avMode: fc.constantFrom('0', '2'),
      avIsEngineUpToDate: fc.constantFrom('True', 'False', 'Unknown'),
    });
    const shuffled = fc
      .array(report, { minLength: 1, maxLength: 5 })
      .chain((rows) => fc.tuple(fc.constant(rows), fc.shuffledSubarray(rows, { minLength: rows.length })));
    law(
      fc.property(shuffled, ([rows, other]) => {
        const read = (each: typeof rows) => newestAntivirus(each.map((row) => reportAt(row.dataRefreshTimestamp, row)));
        expect(read(other)).toEqual(read(rows));
      }),
    );
  });
});

function unknown(verdict: unknown): Sent {
  return { avIsSignatureUpToDate: verdict, avIsEngineUpToDate: verdict, avIsPlatformUpToDate: verdict };
}
