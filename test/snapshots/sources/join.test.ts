import * as fc from 'fast-check';
import { type AntivirusRow, newestAntivirus } from '../../../src/snapshots/sources/composing/antivirusRow.ts';
import { composeState } from '../../../src/snapshots/sources/composing/composeState.ts';
import type { MachineRow } from '../../../src/snapshots/sources/composing/machineRow.ts';
import { composing, join } from '../../../src/snapshots/sources/join.ts';
import { writeAntivirus } from '../../../src/snapshots/sources/staged/antivirusLine.ts';
import { writeMachine } from '../../../src/snapshots/sources/staged/machineLine.ts';
import { law } from '../../support/law.ts';

const judgement = { asOf: Date.UTC(2026, 10, 21), staleDays: 7 };
const freshSince = judgement.asOf - 7 * 86_400_000;

const id = fc.constantFrom('00', '1a', '2b', 'c3', 'ff');
const machineRow: fc.Arbitrary<MachineRow> = fc.record({
  id,
  build: fc.constantFrom(null, 19_045),
  architecture: fc.constantFrom(null, 'Amd64'),
  isWatched: fc.boolean(),
  isMobile: fc.boolean(),
  isImpaired: fc.boolean(),
  sendsNoData: fc.boolean(),
});
const antivirusRow: fc.Arbitrary<AntivirusRow> = fc.record({
  id,
  osVersion: fc.constantFrom(null, '10.0.19045.5608', 'a\tb\\c\n'),
  isDisabled: fc.boolean(),
  update: fc.constantFrom('upToDate', 'outOfDate', 'unknown'),
  refreshedAt: fc.constantFrom(null, freshSince - 1, freshSince, freshSince + 1),
});

/** Lines on two pages. */
const paged = <T>(rows: readonly T[], line: (row: T) => string): readonly string[] => {
  const lines = rows.map(line);
  const half = Math.floor(lines.length / 2);
  return [lines.slice(0, half).join('\n'), lines.slice(half).join('\n')];
};

describe('machines and antivirus, joined', () => {
  it('come to what each machine alone comes to, with the newest of its reports', () => {
    const compose = composing(judgement);
    law(
      fc.property(fc.array(machineRow), fc.array(antivirusRow), fc.boolean(), (machines, reports, hasSlipped) => {
        const last = new Map(machines.map((row) => [row.id, row]));
        const reportOf = (machine: string) => newestAntivirus(reports.filter((row) => row.id === machine));
        const known = [...last.values()].filter((row) => !hasSlipped || row.isMobile || reportOf(row.id));
        const states = known.map((row) => composeState(row, reportOf(row.id), judgement));
        const staged = { machines: paged(machines, writeMachine), antivirus: paged(reports, writeAntivirus) };
        expect(join(staged, { slipped: hasSlipped ? ['antivirus'] : [] }, compose)).toEqual({
          states: states.sort((one, other) => (one.id < other.id ? -1 : 1)),
          duplicates: machines.length - last.size,
          leftOut: last.size - known.length,
        });
      }),
    );
  });
});
