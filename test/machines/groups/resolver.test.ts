import * as fc from 'fast-check';
import { createResolve } from '../../../src/machines/resolver/resolve.ts';
import type { Wish } from '../../../src/machines/wish.ts';
import { asking, idOf } from '../resolver/support/machines.ts';
import { boundTo, groupedTenant, type Row, wish } from './support/groupedTenant.ts';

const digits = ['1', '2', '3', '4', '5', '6'] as const;
const maybe = <T>(...values: readonly T[]) => fc.constantFrom(...values, null);

const rowOf = (digit: string): fc.Arbitrary<Row> =>
  fc
    .record({
      computerDnsName: maybe('srv02', 'srv02.contoso.com', 'srv02.fabrikam.com'),
      mergedIntoMachineId: fc.oneof({ weight: 2, arbitrary: fc.constant(null) }, fc.constantFrom(...digits).map(idOf)),
      onboardingStatus: maybe('Onboarded', 'CanBeOnboarded'),
      lastSeen: maybe('2026-11-01T00:00:00Z', '2026-11-04T00:00:00Z'),
      lastIpAddress: maybe('10.0.0.5'),
      rbacGroupId: fc.constantFrom(12, 12, 99, 0),
    })
    .map((more) => ({ ...more, id: idOf(digit), alert: `da${digit}_1` }));

const fleets = fc
  .subarray([...digits], { minLength: 1 })
  .chain((some) => fc.tuple(...some.map(rowOf)) as fc.Arbitrary<readonly Row[]>);

const questions = fc.constantFrom(
  asking('hostName', 'srv02'),
  asking('hostName', 'srv02.contoso.com'),
  asking('ipAddress', '10.0.0.5'),
  asking('machineId', idOf('1')),
  asking('alertId', 'da1_1'),
);

type Question = Parameters<ReturnType<typeof createResolve>>[0];

const resolved = async ({ finder, clock, soon }: ReturnType<typeof groupedTenant>, question: Question, who: Wish) => {
  const { source: _, ...told } = await soon(createResolve(finder, clock)(question, who));
  return told;
};

describe('the resolver, asked by a caller that is bound to device groups', () => {
  it('says what it would say if there were no other machines, to the word', async () => {
    await fc.assert(
      fc.asyncProperty(fleets, questions, async (rows, question) => {
        const own = rows.filter(({ rbacGroupId }) => rbacGroupId === 12);
        const told = await resolved(groupedTenant(rows), question, boundTo(12));
        expect(told).toEqual(await resolved(groupedTenant(own), question, boundTo(12)));
      }),
      { numRuns: 150 },
    );
  }, 60_000);

  it('betrays by nothing that others have asked for a machine that it may not see', async () => {
    const stranger = { id: idOf('1'), computerDnsName: 'srv02', rbacGroupId: 99, alert: 'da1_1' };
    for (const question of [asking('hostName', 'srv02'), asking('machineId', idOf('1')), asking('alertId', 'da1_1')]) {
      const [known, unknown] = [groupedTenant([stranger]), groupedTenant([])];
      for (const tenant of [known, unknown]) await resolved(tenant, question, wish);
      const told = await resolved(known, question, boundTo(12));
      expect(told).toMatchObject({ resolution: { match: 'none', candidates: [] } });
      expect(told).toEqual(await resolved(unknown, question, boundTo(12)));
    }
  });
});
