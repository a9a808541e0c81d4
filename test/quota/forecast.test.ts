import * as fc from 'fast-check';
import { forecastOf } from '../../src/quota/forecast.ts';
import { timingFor } from '../../src/quota/guard.ts';
import { parseLimits } from '../../src/quota/limits.ts';
import { emptyRow } from '../../src/quota/newLedger.ts';
import { usualPolicy } from '../../src/quota/policy.ts';
import { law } from '../support/law.ts';

const now = 1_795_000_000_000;
const minute = 60_000;

const forecast = (limits: string, agos: readonly number[]) => {
  const parsed = parseLimits(limits);
  const settings = { limits: parsed, timing: timingFor(parsed), policy: usualPolicy, newLedger: 'unused' as const };
  const log = agos.map((ago) => ({ at: now - ago, by: 'background' as const })).sort((a, b) => a.at - b.at);
  return forecastOf({ etag: 'e', stampedAt: now, row: { ...emptyRow(settings, 'first', now), log } }, now);
};
const usual = '100/60,1500/3600';
/** So many calls, evenly, from then until now. */
const evenly = (count: number, from: number) => Array.from({ length: count }, (_, i) => (i * from) / count);

describe('the forecast of the hour', () => {
  it('is nothing where nobody calls', () => {
    expect(forecast(usual, [])).toEqual({ callsPerMinute: 0, callsPerHour: 0, exhaustedInSeconds: null });
    expect(forecast(usual, [30 * minute])).toMatchObject({ callsPerHour: 0, exhaustedInSeconds: null });
  });

  it('goes on at the rate of the last five minutes', () => {
    expect(forecast(usual, evenly(50, 5 * minute))).toEqual({
      callsPerMinute: 10,
      callsPerHour: 600,
      exhaustedInSeconds: null,
    });
  });

  it('says when the hour will be used up: 1,300 left at 40 a minute', () => {
    expect(forecast(usual, evenly(200, 5 * minute))).toMatchObject({
      callsPerHour: 2400,
      exhaustedInSeconds: Math.ceil((1300 / 40) * 60),
    });
  });

  it('takes into account what grows too old meanwhile', () => {
    const old = Array.from({ length: 1000 }, () => 59 * minute);
    expect(forecast(usual, [...old, ...evenly(125, 5 * minute)])).toMatchObject({
      callsPerHour: 1500,
      exhaustedInSeconds: 55 * 60,
    });
    expect(forecast(usual, [...old, ...evenly(100, 5 * minute)])).toMatchObject({ exhaustedInSeconds: null });
  });

  it('is now where it is used up', () => {
    expect(forecast('5/60', [1, 2, 3, 4, 5])).toMatchObject({ callsPerMinute: 5, exhaustedInSeconds: 0 });
  });

  it('agrees with counting second by second', () =>
    law(
      fc.property(fc.array(fc.oneof(fc.nat({ max: 119 }), fc.nat({ max: 59 })), { maxLength: 29 }), (agos) => {
        const calls = 30;
        const perSecond = agos.filter((ago) => ago < 60).length / 60;
        const usedAfter = (second: number) => agos.filter((ago) => ago + second < 120).length + perSecond * second;
        const seconds = Array.from({ length: 121 }, (_, second) => second);
        const first = seconds.find((second) => usedAfter(second - 1e-6) >= calls - 1e-6);
        const said = forecast(
          '30/120',
          agos.map((ago) => ago * 1000),
        ).exhaustedInSeconds;
        if (first === undefined) expect(said).toBeNull();
        else expect(Math.abs((said ?? Number.POSITIVE_INFINITY) - first)).toBeLessThanOrEqual(1);
      }),
    ));
});
