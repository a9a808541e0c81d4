import * as fc from 'fast-check';
import { guarded, timingFor } from '../../src/quota/guard.ts';
import type { Entry, LedgerRow } from '../../src/quota/ledgerRow.ts';
import { parseLimits } from '../../src/quota/limits.ts';
import { emptyRow } from '../../src/quota/newLedger.ts';
import { plan } from '../../src/quota/plan.ts';
import { usualPolicy } from '../../src/quota/policy.ts';
import { type PriorityClass, priorityClasses } from '../../src/quota/priorityClass.ts';
import { limitsAt, standingOf } from '../../src/quota/standing.ts';
import { earliest, insert } from '../../src/quota/windows.ts';
import { law } from '../support/law.ts';

const now = 1_795_000_000_000;

const version = (limits: string, more: Partial<LedgerRow> = {}) => {
  const parsed = parseLimits(limits);
  const settings = { limits: parsed, timing: timingFor(parsed), policy: usualPolicy, newLedger: 'unused' as const };
  return { etag: 'e', stampedAt: now, row: { ...emptyRow(settings, 'first', now), ...more } };
};
const usual = '100/60,1500/3600';
const calls = (count: number, at: number, by: Entry['by'] = 'interactive'): Entry[] =>
  Array.from({ length: count }, () => ({ at, by }));
const held = (at: number, by: PriorityClass = 'interactive', number = 1) => ({ at, by, owner: 'other', number });

/** Limits with past calls and booked slots, as any ledger might hold them. */
const ledgers = fc
  .record({
    limits: fc.constantFrom('5/60', '4/6,10/60', '20/6'),
    log: fc.array(fc.tuple(fc.nat({ max: 70_000 }), fc.constantFrom(...priorityClasses)), { maxLength: 25 }),
    ahead: fc.array(fc.tuple(fc.nat({ max: 20_000 }), fc.constantFrom(...priorityClasses)), { maxLength: 6 }),
  })
  .map(({ limits, log, ahead }) =>
    version(limits, {
      log: log.map(([ago, by]) => ({ at: now - ago, by })).sort((a, b) => a.at - b.at),
      held: ahead.map(([later, by], i) => held(now + later, by, i)).sort((a, b) => a.at - b.at),
    }),
  );

describe('how a quota stands', () => {
  it('is all free before the first call', () => {
    const { limits, nextFree, closed } = standingOf(version(usual), now);
    expect(limits).toEqual([
      expect.objectContaining({ name: 'minute', calls: 100, seconds: 60, used: 0, left: 100, resetsInSeconds: 0 }),
      expect.objectContaining({ name: 'hour', calls: 1500, seconds: 3600, used: 0, left: 1500, resetsInSeconds: 0 }),
    ]);
    expect(nextFree).toEqual({ interactive: now, enrichment: now, background: now });
    expect(closed).toBeUndefined();
  });

  it('counts what was used as Defender does, by payer, and booked calls as not yet used', () => {
    const log = [
      ...calls(3, now - 61_000),
      ...calls(2, now - 60_000, 'foreign'),
      ...calls(4, now - 59_999, 'background'),
    ];
    const { limits, booked } = standingOf(version(usual, { log, held: [held(now + 5000)] }), now);
    expect(limits[0]).toMatchObject({ used: 4, usedBy: { background: 4, foreign: 0 } });
    expect(limits[1]).toMatchObject({ used: 9, usedBy: { interactive: 3, foreign: 2, background: 4 } });
    expect(booked).toBe(1);
  });

  it('has left what could really go now: less what is booked, and while a call is still in the guarded window', () => {
    const log = calls(40, now - 61_000);
    const { limits } = standingOf(version(usual, { log, held: [held(now + 5000)] }), now);
    expect(limits[0]).toMatchObject({ used: 0, left: 60, resetsInSeconds: 1 });
    const later = standingOf(version(usual, { log: calls(40, now - 62_000), held: [held(now + 5000)] }), now);
    expect(later.limits[0]).toMatchObject({ used: 0, left: 99 });
  });

  it('names limits by their length', () => {
    const names = limitsAt(version('10/6,20/60,30/90,40/3600'), now).map(({ name }) => name);
    expect(names).toEqual(['6s', 'minute', '90s', 'hour']);
  });

  it('leaves exactly as many calls as could go now, and one more when it says', () =>
    law(
      fc.property(ledgers, (known) => {
        const windows = guarded(known.row.limits, known.row.timing);
        const slots = [...known.row.log, ...known.row.held].map(({ at }) => at).sort((a, b) => a - b);
        for (const [i, { left, resetsInSeconds, calls: most }] of limitsAt(known, now).entries()) {
          const window = windows[i] ?? { calls: 0, milliseconds: 0 };
          const after = (at: number, count: number) => {
            const more = [...slots];
            for (let n = 0; n < count; n++) insert(more, at);
            return more;
          };
          const fits = (at: number, count: number) => earliest(after(at, count - 1), [window], at) === at;
          if (left > 0) expect(fits(now, left)).toBe(true);
          if (left < most) {
            expect(fits(now, left + 1)).toBe(false);
            if (resetsInSeconds > 1) expect(fits(now + (resetsInSeconds - 1) * 1000, left + 1)).toBe(false);
          }
        }
      }),
    ));

  it('says when the next call of a class goes, and a round finds the same', () =>
    law(
      fc.property(ledgers, fc.constantFrom(...priorityClasses), (known, by) => {
        const told = standingOf(known, now).nextFree[by];
        const demand = { owner: 'me', nextNumber: 1, released: [], feedback: [], told: [], writer: 'me.1', from: now };
        const { outcomes } = plan(known, { ...demand, wants: [{ by, notAfter: told }] });
        const [outcome] = outcomes;
        if (outcome?.kind === 'granted') expect(outcome.slot.at).toBe(told);
        else expect(outcome).toMatchObject({ kind: 'waiting', expected: told });
      }),
      300,
    ));

  it('is closed after a 429 of Defender’s, and opens for one call', () => {
    const blocked = version(usual, { block: { until: now + 30_000, seconds: 30 } });
    const { closed, limits, nextFree } = standingOf(blocked, now);
    expect(closed).toEqual({ because: 'blocked', until: now + 30_000 });
    expect(limits.map(({ left, resetsInSeconds }) => [left, resetsInSeconds])).toEqual([
      [0, 30],
      [0, 30],
    ]);
    expect(nextFree).toEqual({ interactive: now + 30_000, enrichment: now + 30_000, background: now + 30_000 });
    expect(limitsAt(blocked, now + 30_000).map(({ left }) => left)).toEqual([1, 1]);
  });

  it('waits for the probe while one is under way', () => {
    const probe = held(now - 1000);
    const block = { until: now - 2000, seconds: 30, probe };
    const { closed, limits } = standingOf(version(usual, { held: [probe], block }), now);
    expect(closed).toEqual({ because: 'probing', until: now + 4000 });
    expect(limits[0]).toMatchObject({ left: 0, resetsInSeconds: 4 });
  });

  it('is learning where the past is not known: one call at a time, until the longest window is', () => {
    const young = version(usual, { learningSince: now - 10_000 });
    const { closed, limits, nextFree } = standingOf(young, now);
    expect(closed?.because).toBe('learning');
    expect(closed?.until).toBeGreaterThan(now + 3_590_000);
    expect(limits[0]?.left).toBe(0);
    expect(limits[0]?.resetsInSeconds).toBeGreaterThanOrEqual(50);
    expect(limitsAt(young, nextFree.interactive)[0]?.left).toBe(1);
  });

  it('is read at the time of the version where the clock is behind it', () => {
    const { limits } = standingOf(version(usual, { log: calls(5, now - 10) }), now - 100_000);
    expect(limits[0]).toMatchObject({ used: 5, left: 95 });
  });
});
