import * as fc from 'fast-check';
import { createSpreading } from '../../../src/enrichment/enriching/spreading.ts';
import { law } from '../../support/law.ts';

const told = 1_795_000_000_000;

describe('spreading alerts that the quota refused', () => {
  it('leaves each its instant, where each is told another', () => {
    const spread = createSpreading();
    const seconds = Array.from({ length: 48 }, (_, at) => told + at * 2400);
    expect(seconds.map(spread)).toEqual(seconds);
  });

  it('leaves 33 that are told the same together, and has the others follow at the pace of the quota', () => {
    const spread = createSpreading();
    const given = Array.from({ length: 133 }, () => spread(told) - told);
    expect(given.slice(0, 33)).toEqual(Array.from({ length: 33 }, () => 0));
    expect(given.slice(33)).toEqual(Array.from({ length: 100 }, (_, at) => (at + 1) * 600));
  });

  it('begins anew when what is told has passed those that were spread', () => {
    const spread = createSpreading();
    for (let at = 0; at < 133; at += 1) spread(told);
    const later = told + 10 * 60_000;
    expect([spread(later), spread(later), spread(later)]).toEqual([later, later, later]);
  });

  it('is never earlier than told, and at most 0.6 s later for each before it', () => {
    law(
      fc.property(fc.array(fc.nat(300_000), { maxLength: 200 }), (instants) => {
        const spread = createSpreading();
        for (const [at, instant] of instants.entries()) {
          const given = spread(told + instant);
          expect(given).toBeGreaterThanOrEqual(told + instant);
          expect(given).toBeLessThanOrEqual(told + Math.max(...instants) + at * 600);
        }
      }),
    );
  });

  it('makes the put-backs of a storm grow with its alerts, not with their square', () => {
    const small = putBacksOf(600);
    expect(small).toBeLessThan(600 * 4);
    expect(putBacksOf(2400)).toBeLessThan(small * 6);
  });
});

/** A quota that lets one through each 2.4 s, promises 48 an instant of their own, and tells all others the one behind. */
const putBacksOf = (alerts: number): number => {
  const spread = createSpreading();
  const paceMs = 2400;
  const due = Array.from({ length: alerts }, () => 0);
  let free = 0;
  let putBacks = 0;
  let promised: number[] = [];
  while (due.length > 0) {
    due.sort((a, b) => a - b);
    const now = due.shift() ?? 0;
    promised = promised.filter((at) => at > now - paceMs);
    const own = promised.indexOf(now);
    if (own >= 0 || (promised.length === 0 && free <= now)) {
      if (own >= 0) promised.splice(own, 1);
      free = now + paceMs;
      continue;
    }
    const behind = Math.max(now, free - paceMs, ...promised) + paceMs;
    if (promised.length < 48) promised.push(behind);
    putBacks += 1;
    due.push(spread(behind));
  }
  return putBacks;
};
