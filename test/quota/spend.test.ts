import * as fc from 'fast-check';
import { priorityClasses } from '../../src/quota/priorityClass.ts';
import { hourOf, minuteOf, type Spent } from '../../src/quota/spend.ts';
import { decodeSpend, encodeSpend } from '../../src/quota/spendCodec.ts';
import { createSpendTally, mostCallers, mostCounts, others } from '../../src/quota/spendTally.ts';
import { law } from '../support/law.ts';

const now = 1_795_000_000_000;
const minuteMs = 60_000;
const spent = (more: Partial<Spent> = {}): Spent => ({
  minute: minuteOf(now),
  quota: 'listMachines',
  kind: 'interactive',
  caller: 'key-1',
  count: 1,
  ...more,
});
const anySpent = fc.record({
  minute: fc.integer({ min: minuteOf(now) - 90, max: minuteOf(now) }),
  quota: fc.constantFrom('listMachines', 'alertMachine'),
  kind: fc.constantFrom(...priorityClasses, 'ledger' as const),
  caller: fc.constantFrom('', 'anonymous', 'key-1', '11111111-2222-3333-4444-5555aaaabbbb'),
  count: fc.integer({ min: 1, max: 2 ** 40 }),
});

describe('the spend of an hour', () => {
  it('is told by caller, who called most first, and by class, of one quota and one hour', () => {
    const hour = hourOf(
      [
        spent(),
        spent({ caller: 'key-2', kind: 'background', count: 30 }),
        spent({ caller: 'key-2', kind: 'background', count: 5, minute: minuteOf(now) - 59 }),
        spent({ caller: 'key-2', kind: 'enrichment', count: 2 }),
        spent({ count: 100, minute: minuteOf(now) - 60 }),
        spent({ count: 1000, quota: 'alertMachine' }),
        spent({ kind: 'ledger', caller: '', count: 40 }),
      ],
      'listMachines',
      now,
    );
    expect(hour).toEqual({
      calls: 38,
      byClass: { interactive: 1, enrichment: 2, background: 35 },
      byCaller: { 'key-2': { background: 35, enrichment: 2 }, 'key-1': { interactive: 1 } },
      ledgerTransactions: 40,
    });
    expect(Object.keys(hour.byCaller)).toEqual(['key-2', 'key-1']);
  });
});

describe('the stored form of spend', () => {
  it('gives back what was put in', () =>
    law(
      fc.property(fc.array(anySpent, { maxLength: 40 }), (all) => {
        const sorted = [...all].sort((a, b) => a.minute - b.minute);
        expect(decodeSpend({ ...encodeSpend(sorted) })).toEqual(sorted);
      }),
    ));

  it('takes 8 KB at most for 1,500 calls of as many callers as are told apart', () => {
    const tally = createSpendTally();
    for (let i = 0; i < 1500; i++) tally.add(spent({ caller: `key-${i % 199}` }), now + i * 2400);
    const { counts } = encodeSpend(tally.hour(now + 1499 * 2400));
    expect(counts.length).toBeLessThanOrEqual(8192);
  });

  const good = encodeSpend([spent(), spent({ caller: 'key-2' })]);
  it.each([
    ['a newer format', { ...good, format: 2 }],
    ['names that are none', { ...good, callers: '"key-1"' }],
    ['a name that is missing', { ...good, callers: '["key-1"]' }],
    ['half a count', { ...good, counts: good.counts.slice(0, -2) }],
    ['half a number', { ...good, counts: Uint8Array.of(...good.counts.slice(0, -1), 0x80) }],
    ['text for counts', { ...good, counts: 'x' }],
  ])('is refused with %s', (_, stored) => {
    expect(() => decodeSpend(stored)).toThrow();
  });
});

describe('a process’s tally', () => {
  it('counts each caller, class and quota minute by minute', () => {
    const tally = createSpendTally();
    tally.add(spent(), now);
    tally.add(spent({ count: 2 }), now);
    tally.add(spent({ kind: 'background' }), now);
    tally.add(spent({ quota: 'alertMachine' }), now);
    tally.add(spent(), now + minuteMs);
    tally.add(spent({ count: 0, caller: 'key-2' }), now);
    expect(tally.hour(now + minuteMs)).toEqual([
      spent({ count: 3 }),
      spent({ kind: 'background' }),
      spent({ quota: 'alertMachine' }),
      spent({ minute: minuteOf(now) + 1 }),
    ]);
  });

  it('forgets what is older than an hour', () => {
    const tally = createSpendTally();
    tally.add(spent(), now);
    expect(tally.hour(now + 59 * minuteMs)).toHaveLength(1);
    expect(tally.hour(now + 60 * minuteMs)).toEqual([]);
  });

  it('tells so many callers apart, counts the rest as others, and has room again when an hour is over', () => {
    const tally = createSpendTally();
    for (let i = 0; i < mostCallers + 50; i++) tally.add(spent({ caller: `key-${i}` }), now);
    tally.add(spent({ caller: 'key-7' }), now + minuteMs);
    const hour = tally.hour(now + minuteMs);
    expect(hour.find(({ caller }) => caller === others)?.count).toBe(50);
    expect(new Set(hour.map(({ caller }) => caller)).size).toBe(mostCallers + 1);
    expect(hour.at(-1)).toMatchObject({ caller: 'key-7', count: 1 });
    tally.add(spent({ caller: 'new' }), now + 90 * minuteMs);
    expect(tally.hour(now + 90 * minuteMs).map(({ caller }) => caller)).toEqual(['new']);
  });

  it('stays within 64 KB, whatever is counted, and loses no call', () => {
    const tally = createSpendTally();
    const quotas = ['listMachines', 'userMachines', 'domainMachines', 'alertMachine', 'machineSecurityStates'];
    let calls = 0;
    for (let minute = 0; minute < 60; minute++) {
      for (const quota of quotas) {
        for (const kind of priorityClasses) {
          for (let i = 0; i < mostCallers; i += 4) {
            tally.add(spent({ quota, kind, caller: `key-${i}`, count: 100_000 }), now + minute * minuteMs);
            calls += 100_000;
          }
        }
      }
    }
    const hour = tally.hour(now + 59 * minuteMs);
    expect(hour.length).toBeLessThan(mostCounts + 60 * quotas.length * priorityClasses.length);
    expect(hour.reduce((sum, { count }) => sum + count, 0)).toBe(calls);
    const { counts, callers } = encodeSpend(hour);
    expect(counts.length).toBeLessThan(65_536);
    expect(callers.length).toBeLessThan(32_768);
  });
});
