import * as fc from 'fast-check';
import type { Machine } from '../../../src/machines/finder.ts';
import { rank } from '../../../src/machines/resolver/rank.ts';
import { law } from '../../support/law.ts';
import { asking, idOf, inShort, machine } from './support/machines.ts';

const maybe = <T>(values: readonly T[]) => fc.constantFrom(...values, null, undefined);
const day = (n: number) => new Date(Date.UTC(2026, 10, 1 + n)).toISOString();
const digits = ['1', '2', '3', '4', '5', '6'] as const;
const guids = ['80fe8ff8-2624-418e-9591-41f0491218f9', '11111111-2222-3333-4444-555555555555'] as const;

/** Rows with few values, so that many have something in common. */
const rowOf = (id: string): fc.Arbitrary<Machine> =>
  fc
    .record({
      computerDnsName: maybe(['srv02', 'srv02.contoso.com', 'SRV02.fabrikam.com', 'srv02x.contoso.com']),
      mergedIntoMachineId: fc.oneof({ weight: 4, arbitrary: fc.constant(null) }, fc.constantFrom(...digits).map(idOf)),
      isExcluded: maybe([true, false]),
      onboardingStatus: maybe(['Onboarded', 'CanBeOnboarded']),
      healthStatus: maybe(['Active', 'Inactive', 'NoSensorData']),
      isPotentialDuplication: maybe([true, false]),
      firstSeen: maybe([0, 3, 6].map(day)),
      lastSeen: maybe([1, 2, 4, 8].map(day)),
      aadDeviceId: maybe(guids),
      lastIpAddress: maybe(['10.0.0.5', '2001:db8::5']),
      lastExternalIpAddress: maybe(['203.0.113.7', '203.0.113.8']),
    })
    .map((more) => machine(id, more));

const rows = fc
  .subarray([...digits], { minLength: 1 })
  .chain((ids) => fc.tuple(...ids.map(rowOf)) as fc.Arbitrary<readonly Machine[]>);
/** Which of the rows came as targets. */
const split = fc.tuple(rows, fc.integer({ min: 0, max: 2 })).map(([all, targets]) => ({
  found: all.slice(targets),
  targets: all.slice(0, targets),
}));
const question = fc.constantFrom(
  asking('hostName', 'srv02'),
  asking('hostName', 'srv02.contoso.com'),
  asking('ipAddress', '10.0.0.5'),
  asking('ipAddress', '2001:db8::5'),
  asking('aadDeviceId', guids[0]),
  asking('machineId', idOf('1')),
  asking('alertId', 'da1_1'),
);

const shuffled = <T>(list: readonly T[], order: readonly number[]): readonly T[] =>
  list
    .map((value, i) => [order[i] ?? 0, value] as const)
    .sort(([a], [b]) => a - b)
    .map(([, value]) => value);

const order = fc.array(fc.nat(), { minLength: 6, maxLength: 6 });

describe('the verdict', () => {
  it('does not depend on the order of the rows', () => {
    law(
      fc.property(question, split, order, (asked, { found, targets }, how) => {
        const other = rank(asked, { found: shuffled(found, how), targets: [...targets].reverse() });
        expect(other).toEqual(rank(asked, { found, targets }));
      }),
    );
  });

  it('is exact only where all others are behind, and ambiguous without a machine', () => {
    const seen = new Set<string>();
    law(
      fc.property(question, split, (asked, all) => {
        const { match, machine: one, candidates } = rank(asked, all);
        seen.add(match);
        expect(one !== null).toBe(match === 'exact');
        if (match === 'exact') expect(candidates.every(({ behind, reason }) => behind && reason)).toBe(true);
        if (match === 'exact') expect(candidates.map(({ machine: { id } }) => id)).not.toContain(one?.id);
        if (match === 'ambiguous') expect(candidates.length).toBeGreaterThan(0);
        if (match === 'none') expect(candidates).toEqual([]);
        expect(new Set(candidates.map(({ machine: { id } }) => id)).size).toBe(candidates.length);
      }),
    );
    expect([...seen].sort()).toEqual(['ambiguous', 'exact', 'none']);
  });

  it('on a name is of machines that have it, or that took in one that has, or are the same device as one of these', () => {
    law(
      fc.property(split, (all) => {
        const { machine: one } = rank(asking('hostName', 'srv02.contoso.com'), all);
        const rows = [...all.found, ...all.targets];
        const device = one?.aadDeviceId;
        /** Records of the same device stand for each other. */
        const same = rows.filter((row) => row.id === one?.id || (device && row.aadDeviceId === device));
        const isMerged = rows.some((row) => same.some(({ id }) => id === row.mergedIntoMachineId));
        const isDevice = all.found.some((row) => row.id !== one?.id && same.includes(row));
        if (one && !isMerged && !isDevice) expect(one.computerDnsName).toBe('srv02.contoso.com');
      }),
      3000,
    );
  });

  it('does not change by a record that nobody asked for', () => {
    const stranger = rowOf('7').map((row) => ({
      ...row,
      computerDnsName: 'srv03.contoso.com',
      lastIpAddress: '10.0.0.6',
      aadDeviceId: null,
    }));
    const asked = question.filter(({ kind }) => kind !== 'alertId');
    law(
      fc.property(asked, split, stranger, (one, { found, targets }, row) => {
        expect(rank(one, { found: [...found, row], targets })).toEqual(rank(one, { found, targets }));
      }),
    );
  });

  it('does not change with the case of letters, in the question or in the rows', () => {
    const louder = ({ machineTags: _, ...row }: Machine): Machine =>
      Object.fromEntries(
        Object.entries(row).map(([name, value]) => [name, typeof value === 'string' ? value.toUpperCase() : value]),
      ) as Machine;
    const written = fc.constantFrom(
      ['hostName', 'srv02'] as const,
      ['hostName', 'srv02.contoso.com'] as const,
      ['aadDeviceId', guids[0]] as const,
      ['machineId', idOf('1')] as const,
      ['ipAddress', '2001:db8::5'] as const,
    );
    law(
      fc.property(written, split, ([kind, value], { found, targets }) => {
        const loud = rank(asking(kind, value.toUpperCase()), {
          found: found.map(louder),
          targets: targets.map(louder),
        });
        expect(inShort(loud)).toEqual(inShort(rank(asking(kind, value), { found, targets })));
      }),
    );
  });
});
