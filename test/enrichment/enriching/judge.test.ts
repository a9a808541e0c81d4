import * as fc from 'fast-check';
import type { AskedMachines } from '../../../src/enrichment/enriching/askMachines.ts';
import { endedUnasked, judge } from '../../../src/enrichment/enriching/judge.ts';
import { retryAfter, youngAgainAt } from '../../../src/enrichment/enriching/times.ts';
import type { AlertRecord } from '../../../src/enrichment/record.ts';
import { law } from '../../support/law.ts';
import { alertIdAt, machineIdAt } from '../support/references.ts';

const minuteMs = 60_000;
const now = Date.parse('2026-11-21T10:00:00Z');
const rules = { retryMs: 15_000, mostTries: 3, unknownAfterMs: 30 * minuteMs };
const moment = { now, random: 0 };

const recordOf = (other: Partial<AlertRecord> = {}): AlertRecord => ({
  key: alertIdAt(1).slice(2),
  alertId: alertIdAt(1),
  state: 'waiting',
  sources: ['plain'],
  product: 'defender',
  machineIds: [],
  receivedAt: '2026-11-21T09:59:00Z',
  raisedAt: '2026-11-21T08:00:00Z',
  sequence: 1,
  ticket: 1,
  due: now,
  tries: 0,
  strays: 0,
  calls: 0,
  ...other,
});

const asked = (other: Partial<AskedMachines>): AskedMachines => ({
  machines: [],
  absent: [],
  open: undefined,
  calls: 1,
  isWhole: true,
  ...other,
});

const found = (index: number) => ({
  machine: { id: machineIdAt(index) },
  ageSeconds: 0,
  asOf: '2026-11-21T10:00:00Z',
  from: 'defender' as const,
  by: 'machineId' as const,
});

describe('what follows from what Defender says of an alert', () => {
  it('is the end, with the machines and those that it does not know', () => {
    const record = recordOf({ machineIds: [machineIdAt(1), machineIdAt(2)] });
    expect(judge(record, asked({ machines: [found(1)], absent: [machineIdAt(2)] }), rules, moment)).toMatchObject({
      kind: 'ended',
      state: 'enriched',
      machines: [found(1)],
      unknownMachineIds: [machineIdAt(2)],
    });
  });

  it('is that it has no machine, where the alert is half an hour old', () => {
    expect(judge(recordOf(), asked({ absent: [alertIdAt(1)] }), rules, moment)).toMatchObject({
      kind: 'ended',
      state: 'noMachine',
      reason: `Defender knows no alert ${alertIdAt(1)}, or not its machine`,
    });
    const named = recordOf({ machineIds: [machineIdAt(1)] });
    expect(judge(named, asked({ absent: [machineIdAt(1)] }), rules, moment)).toMatchObject({
      state: 'noMachine',
      reason: `Defender knows no machine ${machineIdAt(1)}`,
      unknownMachineIds: [machineIdAt(1)],
    });
  });

  it('is another look, where the alert is younger', () => {
    const record = recordOf({ raisedAt: '2026-11-21T09:58:00Z' });
    expect(judge(record, asked({ absent: [alertIdAt(1)] }), rules, moment)).toMatchObject({
      kind: 'later',
      at: now + 2 * minuteMs,
      because: 'young',
    });
  });

  it('is another look at once, where it came of age while it was asked for in one spelling only', () => {
    const answer = asked({ absent: [alertIdAt(1)], isWhole: false });
    expect(judge(recordOf(), answer, rules, moment)).toMatchObject({ kind: 'later', at: now, because: 'young' });
  });

  it('counts the age of an alert that says it was raised in the future from when it came', () => {
    const record = recordOf({ raisedAt: '2027-01-01T00:00:00Z', receivedAt: '2026-11-21T09:00:00Z' });
    expect(judge(record, asked({ absent: [alertIdAt(1)] }), rules, moment)).toMatchObject({ state: 'noMachine' });
  });

  it('is the exact time of the quota, and no try', () => {
    const open = { kind: 'throttled', retryAfterSeconds: 40, reason: 'spent', calls: 0 } as const;
    expect(judge(recordOf({ tries: 2 }), asked({ open }), rules, moment)).toMatchObject({
      kind: 'later',
      at: now + 40_000,
      because: 'quota',
    });
  });

  it('is a try in vain, then failure with the reason', () => {
    const open = { kind: 'unavailable', reason: 'Defender answered 503', calls: 1 } as const;
    expect(judge(recordOf({ tries: 1 }), asked({ open }), rules, moment)).toMatchObject({
      kind: 'later',
      at: now + 30_000,
      because: 'fault',
    });
    expect(judge(recordOf({ tries: 2 }), asked({ open }), rules, moment)).toMatchObject({
      kind: 'ended',
      state: 'failed',
      reason: 'after 3 tries: Defender answered 503',
    });
  });

  it('is failure at once, where Defender will not take the question', () => {
    const open = { kind: 'refused', reason: 'Defender answered 400', calls: 1 } as const;
    expect(judge(recordOf(), asked({ open }), rules, moment)).toMatchObject({ state: 'failed' });
  });

  it('keeps a thousand characters of why, whatever Defender says', () => {
    const reason = '😀'.repeat(2000);
    const [young, refused, last] = [
      judge(recordOf(), asked({ open: { kind: 'throttled', retryAfterSeconds: 1, reason, calls: 0 } }), rules, moment),
      judge(recordOf(), asked({ open: { kind: 'refused', reason, calls: 1 } }), rules, moment),
      judge(recordOf({ tries: 2 }), asked({ open: { kind: 'unavailable', reason, calls: 1 } }), rules, moment),
    ].map((outcome) => outcome.reason ?? '');
    for (const kept of [young, refused, last]) expect(kept).toMatch(/^.{990,1000}…?$/s);
    expect([young, refused, last].map((kept) => (kept ?? '').length <= 1000)).toEqual([true, true, true]);
  });

  it('needs no asking for an alert of another product, unless it names a machine', () => {
    expect(endedUnasked(recordOf({ product: 'other' }))).toMatchObject({ state: 'notDefender', calls: 0 });
    expect(endedUnasked(recordOf({ product: 'other', machineIds: [machineIdAt(1)] }))).toBeUndefined();
    expect(endedUnasked(recordOf())).toBeUndefined();
  });
});

describe('the time of another look', () => {
  it('comes ever later, until the alert is old enough, and not after that', () => {
    law(
      fc.property(fc.integer({ min: -5, max: 40 * minuteMs }), (age) => {
        const at = youngAgainAt(now - age, 30 * minuteMs, now);
        if (age >= 30 * minuteMs) expect(at).toBeUndefined();
        else {
          expect(at).toBeGreaterThan(now);
          expect(at).toBeLessThanOrEqual(now - Math.max(0, age) + 30 * minuteMs);
        }
      }),
    );
  });

  it('after a fault is twice as far each time, up to half an hour and a fifth', () => {
    expect([1, 2, 3, 12].map((tries) => retryAfter(tries, 15_000, 0))).toEqual([15_000, 30_000, 60_000, 30 * minuteMs]);
    expect(retryAfter(12, 15_000, 0.999)).toBeLessThan(36 * minuteMs);
  });
});
