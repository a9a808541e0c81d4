import * as fc from 'fast-check';
import type { LedgerRow } from '../../src/quota/ledgerRow.ts';
import { plan } from '../../src/quota/plan.ts';
import { type PriorityClass, priorityClasses } from '../../src/quota/priorityClass.ts';
import { law } from '../support/law.ts';
import {
  burstAt,
  callsAt,
  demandOf,
  now,
  promised,
  rowOf,
  secondsIn,
  slotsIn,
  versionOf,
  wants,
  widened,
} from './support/ledgerRows.ts';

/** Whoever is back at the second it was told can wait a second more for a round with the ledger. */
const leastWaitMs = 1000;

const refusedIn = (row: LedgerRow, count: number, by: PriorityClass, at = now, owner = 'me') => {
  const { next, outcomes } = plan(versionOf(row, now), demandOf({ owner, from: at, wants: wants(count, by, at) }));
  return { row: next, seconds: secondsIn(outcomes), outcomes };
};
const returns = (row: LedgerRow, by: PriorityClass, at: number, count = 1) =>
  plan(versionOf(row, at), demandOf({ owner: `back${at}`, from: at, wants: wants(count, by, at + leastWaitMs) }));

const spent = fc.record({
  limits: fc.constantFrom('4/6,10/60', '3/5', '20/6', '30/60'),
  ago: fc.array(fc.nat({ max: 40_000 }), { minLength: 8, maxLength: 40 }),
  by: fc.constantFrom(...priorityClasses),
  caller: fc.constantFrom(...priorityClasses),
  learningSince: fc.option(fc.integer({ min: now - 60_000, max: now }), { nil: undefined }),
});

describe('a caller who is refused', () => {
  it('is told the seconds until its call can go, rounded up, which limit it is, and why', () => {
    const row = rowOf('2/60', { log: callsAt('interactive', now - 10, now - 5) });
    const [window = 0] = widened(row);
    expect(refusedIn(row, 1, 'interactive').outcomes).toEqual([
      {
        kind: 'refused',
        retryAfterSeconds: Math.ceil((window - 10) / 1000),
        limit: { calls: 2, seconds: 60 },
        because: 'spent',
      },
    ]);
  });

  it('is told at least a second', () => {
    const row = rowOf('2/60', { log: burstAt('interactive', now, 2) });
    const [window = 0] = widened(row);
    expect(refusedIn(row, 1, 'interactive', now + window - 1).seconds).toEqual([1]);
    const late = plan(versionOf(rowOf('2/60')), demandOf({ wants: wants(1, 'interactive', now - 1) }));
    expect(secondsIn(late.outcomes)).toEqual([1]);
  });

  it('is told whether the ledger is new or Defender asked for a pause, too', () => {
    const because = (more: Partial<LedgerRow>) => refusedIn(rowOf('2/60', more), 1, 'interactive').outcomes[0];
    expect(because({ learningSince: now })).toMatchObject({ because: 'learning' });
    expect(because({ block: { until: now + 9000, seconds: 9 }, learningSince: now })).toMatchObject({
      because: 'blocked',
    });
    expect(because({ block: { until: now + 9000, seconds: 9 } })).toMatchObject({ retryAfterSeconds: 9 });
  });

  it('gets through at the second it was told, and would not a second before', () => {
    law(
      fc.property(spent, ({ limits, ago, by, caller, learningSince }) => {
        const log = callsAt(by, ...ago.map((each) => now - each).sort((a, b) => a - b));
        const full = rowOf(limits, { log, learningSince });
        const { row, seconds } = refusedIn(full, 1, caller);
        for (const second of seconds) {
          const back = returns(row, caller, now + second * 1000);
          expect(back.outcomes.map(({ kind }) => kind)).toEqual(['granted']);
          const early = plan(
            versionOf({ ...row, told: [] }),
            demandOf({ wants: wants(1, caller, now + (second - 1) * 1000) }),
          );
          expect(second === 1 ? [] : slotsIn(early.outcomes)).toEqual([]);
        }
      }),
      300,
    );
  });

  it('gets through at that second if others were refused with it, who get through at theirs', () => {
    law(
      fc.property(spent, fc.integer({ min: 2, max: 12 }), ({ limits, ago, by, caller, learningSince }, count) => {
        const log = callsAt(by, ...ago.map((each) => now - each).sort((a, b) => a - b));
        const full = rowOf(limits, { log, learningSince });
        const { row, seconds } = refusedIn(full, count, caller);
        let ledger = row;
        for (const second of [...new Set(seconds)].sort((a, b) => a - b)) {
          const many = seconds.filter((each) => each === second).length;
          const { next, outcomes } = returns(ledger, caller, now + second * 1000, many);
          expect(outcomes.map(({ kind }) => kind)).toEqual(Array(many).fill('granted'));
          ledger = next;
        }
      }),
      300,
    );
  });

  /** Once, they all heard the first one: what is promised for later is not yet spent at that moment. */
  it('hears another second than those who are refused with it where its class is paced', () => {
    const row = rowOf('60/60', { log: burstAt('background', now, 20) });
    expect(refusedIn(row, 5, 'background').seconds).toEqual([20, 21, 22, 23, 24]);
    const learning = rowOf('60/60', { learningSince: now });
    const { seconds } = refusedIn(learning, 5, 'interactive');
    expect(seconds.map((second) => second - (seconds[0] ?? 0))).toEqual([0, 1, 2, 3, 4]);
  });

  it('hears another second than one who was refused by another process before', () => {
    const row = rowOf('1/60', { log: callsAt('interactive', now) });
    const first = refusedIn(row, 1, 'interactive');
    const second = refusedIn(first.row, 1, 'interactive', now, 'other');
    expect((second.seconds[0] ?? 0) - (first.seconds[0] ?? 0)).toBeGreaterThanOrEqual(60);
  });
});

describe('an instant that was promised', () => {
  const one = rowOf('1/60', { log: callsAt('interactive', now) });
  const [window = 0] = widened(one);
  const then = now + window;

  it('is kept from lower classes that have had their minimum, and from nobody above', () => {
    const row = { ...one, log: callsAt('background', now), told: [promised(then, 'enrichment')] };
    const at = (by: PriorityClass) =>
      slotsIn(plan(versionOf(row), demandOf({ wants: wants(1, by, then + 10) })).outcomes).map((slot) => slot.at);
    expect(at('interactive')).toEqual([then]);
    expect(at('background')).toEqual([]);
  });

  it('goes to whoever of the class comes then, and is promised no longer', () => {
    const row = { ...one, told: [promised(then, 'background'), promised(then + 2 * window, 'background')] };
    const { next, outcomes } = returns(row, 'background', then);
    expect(slotsIn(outcomes)).toMatchObject([{ at: then, by: 'background', owner: `back${then}` }]);
    expect(next.told).toEqual([promised(then + 2 * window, 'background')]);
  });

  it('goes to one who is a second early or two seconds late', () => {
    const row = { ...one, told: [promised(then + 1000, 'enrichment')] };
    expect(slotsIn(returns(row, 'enrichment', then).outcomes)).toHaveLength(1);
    expect(slotsIn(returns(row, 'enrichment', then + 3000).outcomes)).toHaveLength(1);
    expect(returns(row, 'enrichment', then + 3001).next.told).toEqual([]);
  });

  it('does not go to another class', () => {
    const row = { ...one, log: callsAt('background', now), told: [promised(then, 'enrichment')] };
    const { next, outcomes } = returns(row, 'background', then);
    expect(slotsIn(outcomes)).toEqual([]);
    expect(next.told).toContainEqual(promised(then, 'enrichment'));
  });

  it('is one of 192 at most', () => {
    const { row, seconds } = refusedIn(one, 200, 'interactive');
    expect(row.told).toHaveLength(192);
    expect(new Set(seconds).size).toBe(193);
  });

  it('books nothing', () => {
    const { row } = refusedIn(one, 3, 'interactive');
    expect(row.held).toEqual([]);
    expect(row.log).toEqual(one.log);
  });
});
