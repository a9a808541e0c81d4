import * as fc from 'fast-check';
import { sliceRows } from '../../../../src/odata/collection.ts';
import { bucketOf } from '../../../../src/snapshots/buckets.ts';
import type { AntivirusRow } from '../../../../src/snapshots/sources/composing/antivirusRow.ts';
import type { MachineRow } from '../../../../src/snapshots/sources/composing/machineRow.ts';
import { readAntivirus, writeAntivirus } from '../../../../src/snapshots/sources/staged/antivirusLine.ts';
import { fieldsOf, lineOf, linesOf } from '../../../../src/snapshots/sources/staged/line.ts';
import { readMachine, writeMachine } from '../../../../src/snapshots/sources/staged/machineLine.ts';
import { stage } from '../../../../src/snapshots/sources/staged/stage.ts';
import { readState, writeState } from '../../../../src/snapshots/sources/staged/stateLine.ts';
import { law } from '../../../support/law.ts';

const id = fc.stringMatching(/^[0-9a-f]{40}$/);
const awkward = fc.oneof(fc.string({ minLength: 1 }), fc.constantFrom('\t', '\n', '\\', '\\t', 'a\tb\\nc\n', '\r\n'));
const orNull = <T>(value: fc.Arbitrary<T>) => fc.oneof(value, fc.constant(null));

const machine: fc.Arbitrary<MachineRow> = fc.record({
  id,
  build: orNull(fc.maxSafeNat()),
  architecture: orNull(awkward),
  isWatched: fc.boolean(),
  isMobile: fc.boolean(),
  isImpaired: fc.boolean(),
  sendsNoData: fc.boolean(),
});

const report: fc.Arbitrary<AntivirusRow> = fc.record({
  id,
  osVersion: orNull(awkward),
  isDisabled: fc.boolean(),
  update: fc.constantFrom('upToDate' as const, 'outOfDate' as const, 'unknown' as const),
  refreshedAt: orNull(fc.integer({ min: 1, max: 4_000_000_000_000 })),
});

const state = fc.record({
  id,
  build: orNull(fc.maxSafeNat()),
  revision: orNull(fc.maxSafeNat()),
  architecture: orNull(awkward),
  osVersion: orNull(awkward),
  propertiesRequireAttention: fc.array(awkward),
});

describe('a staged line', () => {
  it('gives back what was written, whatever it is, on one line', () => {
    law(
      fc.property(machine, report, state, (one, two, three) => {
        const lines = [writeMachine(one), writeAntivirus(two), writeState(three)];
        expect(linesOf(lines.join('\n'))).toEqual(lines);
        expect(readMachine(lines[0] ?? '')).toEqual(one);
        expect(readAntivirus(lines[1] ?? '')).toEqual(two);
        expect(readState(lines[2] ?? '')).toEqual(three);
      }),
    );
  });

  it('keeps fields apart', () => {
    law(fc.property(fc.array(awkward, { minLength: 1 }), (fields) => expect(fieldsOf(lineOf(fields))).toEqual(fields)));
  });

  it('has less than 90 characters', () => {
    const of = 'f'.repeat(40);
    const longest = {
      id: of,
      build: 226_310,
      architecture: 'Amd64',
      isWatched: true,
      isMobile: true,
      isImpaired: true,
    };
    expect(writeMachine({ ...longest, sendsNoData: true }).length).toBeLessThan(60);
    const report = { id: of, osVersion: '10.0.22631.4037', isDisabled: true, update: 'unknown' as const };
    expect(writeAntivirus({ ...report, refreshedAt: 1_795_000_000_000 }).length).toBeLessThan(75);
  });
});

describe('the rows of a page', () => {
  const body = new TextEncoder().encode('{"value":[{"id":"00a"},{"id":"ff\\tb"},{"n":1},{"id":"0"}]}');
  const sliced = sliceRows(body) ?? { opens: 0, starts: [], ends: [], closes: 0, members: [], brace: 0 };
  const line = (json: unknown) => {
    const { id } = json as { id?: string };
    return id === undefined ? undefined : { id, text: lineOf([id]) };
  };

  it("are put into the buckets of their ids, in their order, and those are counted that are nobody's", () => {
    const staged = stage(body, sliced, [0, 1, 2, 3], { idName: 'id', line }, 4);
    expect(staged).toEqual({ kind: 'staged', rows: ['00a\n0', '', '', 'ff\\tb'], unreadable: 1 });
    expect(bucketOf('00a', 4)).toBe(0);
  });

  it('are those that were asked for', () => {
    expect(stage(body, sliced, [3], { idName: 'id', line }, 2)).toEqual({
      kind: 'staged',
      rows: ['0', ''],
      unreadable: 0,
    });
  });

  it('are none where one is no JSON', () => {
    const broken = new TextEncoder().encode('{"value":[{"id":nothing}]}');
    const found = sliceRows(broken);
    expect(found && stage(broken, found, [0], { idName: 'id', line }, 4).kind).toBe('broken');
  });
});
