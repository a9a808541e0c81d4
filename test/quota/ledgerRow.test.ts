import * as fc from 'fast-check';
import { timingFor } from '../../src/quota/guard.ts';
import { decodeRow, encodeRow, type LedgerRow } from '../../src/quota/ledgerRow.ts';
import { law } from '../support/law.ts';

const limits = [{ calls: 100, seconds: 60 }];
const instant = fc.integer({ min: 0, max: 4_000_000_000_000 });
const ascending = fc.array(instant, { maxLength: 40 }).map((instants) => instants.sort((a, b) => a - b));
const rows: fc.Arbitrary<LedgerRow> = fc.record({
  seq: fc.nat(),
  limits: fc.constant(limits),
  timing: fc.constant(timingFor(limits)),
  log: ascending,
  held: ascending.map((instants) => instants.map((at, number) => ({ at, owner: 'a', number }))),
  told: ascending,
});

const row: LedgerRow = { seq: 1, limits, timing: timingFor(limits), log: [5, 300], held: [], told: [] };

describe('the stored ledger', () => {
  it('reads back as it was written', () => {
    law(
      fc.property(rows, (any) => {
        expect(decodeRow({ ...encodeRow(any) })).toEqual(any);
      }),
    );
  });

  it('takes 3 to 4 KB for a full hour', () => {
    const log = Array.from({ length: 1500 }, (_, i) => 1_795_000_000_000 + i * 2400);
    const { length } = encodeRow({ ...row, log }).log;
    expect(length).toBeGreaterThan(2000);
    expect(length).toBeLessThan(4096);
  });

  it('refuses a format of a newer gateway, and says so', () => {
    expect(() => decodeRow({ ...encodeRow(row), format: 2 })).toThrow('has format 2, written by a newer gateway');
  });

  it.each([
    ['a log cut in the middle of a number', { log: Uint8Array.of(0x85) }, 'ends in the middle of a number'],
    ['a log that is no binary', { log: 'AAA' }, 'log is not binary'],
    ['a sequence that is no number', { seq: '7' }, 'seq holds "7"'],
    ['held slots out of order', { held: '[[9,"a",1],[8,"a",2]]' }, 'held is out of order'],
    ['a slot without an owner', { held: '[[9]]' }, 'no owner'],
    ['limits that are none', { limits: 'many' }, "'many' is not a limit"],
    ['a timing that is missing', { timing: '{}' }, 'timing.sendSlackMs'],
  ])('refuses %s', (_, wrong, said) => {
    expect(() => decodeRow({ ...encodeRow(row), ...wrong })).toThrow(said);
    expect(() => decodeRow({ ...encodeRow(row), ...wrong })).toThrow('the quota ledger is corrupt');
  });
});
