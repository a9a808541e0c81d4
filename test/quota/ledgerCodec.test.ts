import * as fc from 'fast-check';
import { timingFor } from '../../src/quota/guard.ts';
import { decodeRow, encodeRow } from '../../src/quota/ledgerCodec.ts';
import type { Entry, LedgerRow } from '../../src/quota/ledgerRow.ts';
import { usualPolicy } from '../../src/quota/policy.ts';
import { payers, priorityClasses } from '../../src/quota/priorityClass.ts';
import { law } from '../support/law.ts';

const limits = [{ calls: 100, seconds: 60 }];
const instant = fc.integer({ min: 0, max: 4_000_000_000_000 });
const entry = fc.record({ at: instant, by: fc.constantFrom(...payers) });
const ascending = fc.array(entry, { maxLength: 40 }).map((entries) => entries.sort((a, b) => a.at - b.at));
const slot = fc.record({ at: instant, by: fc.constantFrom(...payers), owner: fc.string(), number: fc.nat() });
const rows: fc.Arbitrary<LedgerRow> = fc.record({
  seq: fc.nat(),
  epoch: fc.string(),
  writers: fc.array(fc.string()),
  notBefore: instant,
  limits: fc.constant(limits),
  timing: fc.constant(timingFor(limits)),
  policy: fc.constant(usualPolicy),
  log: ascending,
  held: ascending.map((entries) => entries.map((each, number) => ({ ...each, owner: 'a', number }))),
  told: ascending.map((entries) => entries.map((each) => ({ ...each, guaranteed: each.at % 2 === 0 }))),
  turns: fc.array(fc.record({ owner: fc.string(), by: fc.constantFrom(...priorityClasses) })),
  block: fc.option(
    fc.record({ until: instant, seconds: fc.integer({ min: 1 }), probe: fc.option(slot, { nil: undefined }) }),
    { nil: undefined },
  ),
  learningSince: fc.option(instant, { nil: undefined }),
  foreignGone: fc.nat(),
  burst: fc.record({ calls: fc.nat(), seenAt: instant }),
});

const row: LedgerRow = {
  seq: 1,
  epoch: 'first',
  writers: [],
  notBefore: 0,
  limits,
  timing: timingFor(limits),
  policy: usualPolicy,
  log: [],
  held: [],
  told: [],
  turns: [],
  foreignGone: 0,
  burst: { calls: 0, seenAt: 0 },
};

describe('the stored ledger', () => {
  it('reads back as it was written', () => {
    law(
      fc.property(rows, (any) => {
        expect(decodeRow({ ...encodeRow(any) })).toEqual(any);
      }),
    );
  });

  it('takes 3 to 4 KB for a full hour', () => {
    const log = Array.from({ length: 1500 }, (_, i): Entry => ({ at: 1_795_000_000_000 + i * 2400, by: 'background' }));
    const { length } = encodeRow({ ...row, log }).log;
    expect(length).toBeGreaterThan(2000);
    expect(length).toBeLessThan(4096);
  });

  it('refuses a format of a newer gateway, and says so', () => {
    expect(() => decodeRow({ ...encodeRow(row), format: 3 })).toThrow('has format 3, written by a newer gateway');
  });

  it.each([
    ['a log cut in the middle of a number', { log: Uint8Array.of(0x85) }, 'ends in the middle of a number'],
    ['a log that is no binary', { log: 'AAA' }, 'log is not binary'],
    ['a sequence that is no number', { seq: '7' }, 'seq: Invalid input'],
    [
      'held slots out of order',
      {
        held: '[{"at":9,"by":"interactive","owner":"a","number":1},{"at":8,"by":"interactive","owner":"a","number":2}]',
      },
      'held is out of order',
    ],
    ['a slot without an owner', { held: '[{"at":9,"by":"interactive","number":1}]' }, '0.owner'],
    ['limits that are none', { limits: 'many' }, "'many' is not a limit"],
    ['a timing that is missing', { timing: '{}' }, 'sendSlackMs'],
  ])('refuses %s', (_, wrong, said) => {
    expect(() => decodeRow({ ...encodeRow(row), ...wrong })).toThrow(said);
    expect(() => decodeRow({ ...encodeRow(row), ...wrong })).toThrow('Delete its row: the next call');
  });
});
