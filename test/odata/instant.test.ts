import * as fc from 'fast-check';
import { durationTicks } from '../../src/odata/duration.ts';
import {
  calendarDay,
  dateTicks,
  instantTicks,
  ticksPerDay,
  ticksPerSecond,
  timeTicks,
} from '../../src/odata/instant.ts';
import { law } from '../support/law.ts';

describe('instantTicks', () => {
  it('agrees with Date to the millisecond, from the year 1 to the year 9999', () => {
    const dates = fc.date({
      min: new Date('0001-01-01T00:00:00Z'),
      max: new Date('9999-12-31T23:59:59.999Z'),
      noInvalidDate: true,
    });
    law(
      fc.property(dates, (date) => {
        const ticks = instantTicks(date.toISOString()) ?? 0n;
        expect(ticks).toBe(BigInt(date.getTime()) * 10_000n + 621_355_968_000_000_000n);
        expect(calendarDay(ticks).toISOString().slice(0, 10)).toBe(date.toISOString().slice(0, 10));
      }),
    );
  });

  it('counts from the first instant of the year 1', () => {
    expect(instantTicks('0001-01-01T00:00:00Z')).toBe(0n);
    expect(instantTicks('0001-01-02T00:00:00Z')).toBe(ticksPerDay);
  });

  it.each([
    ['2018-08-01Z', '2018-08-01T00:00:00Z'],
    ['2018-08-01T10:30Z', '2018-08-01T10:30:00.0000000Z'],
    ['2018-08-01T02:00:00+02:00', '2018-08-01T00:00:00Z'],
    ['2018-07-31T18:30:00-05:30', '2018-08-01T00:00:00Z'],
    ['2018-08-01T00:00:00.123456789012Z', '2018-08-01T00:00:00.1234567Z'],
  ])('%s is %s', (a, b) => {
    expect(instantTicks(a)).toBe(instantTicks(b));
    expect(instantTicks(a)).toBeDefined();
  });

  it('keeps seven decimals', () => {
    const apart =
      (instantTicks('2018-08-01T00:00:00.0000002Z') ?? 0n) - (instantTicks('2018-08-01T00:00:00.0000001Z') ?? 0n);
    expect(apart).toBe(1n);
  });

  it.each([
    '2018-08-01',
    '2018-08-01T00:00:00',
    '2018-02-30T00:00:00Z',
    '2018-08-01T24:00:00Z',
    '2018-08-01T00:60:00Z',
    '2018-08-01T00:00:60Z',
    '2018-08-01T00:00:00.Z',
    '2018-08-01T00:00:00+14:01',
    '2018-08-01T00:00:00+01:60',
    '0000-01-01T00:00:00Z',
    '2018-08-01t00:00:00z',
    '2018-08-01+02:00',
  ])('%s is no instant', (text) => {
    expect(instantTicks(text)).toBeUndefined();
  });
});

describe('the parts of instants', () => {
  it('a day is read as its midnight in UTC', () => {
    expect(dateTicks('2018-08-01')).toBe(instantTicks('2018-08-01T00:00:00Z'));
    expect(dateTicks('2023-02-29')).toBeUndefined();
    expect(dateTicks('0099-03-01')).toBeDefined();
  });

  it('a time of day is read as what has passed since midnight', () => {
    expect(timeTicks('01:00:00.5')).toBe(3600n * ticksPerSecond + 5_000_000n);
    expect(timeTicks('25:00')).toBeUndefined();
  });

  it.each([
    ['P7D', 7n * ticksPerDay],
    ['PT1H2M3.5S', 3_723n * ticksPerSecond + 5_000_000n],
    ['-P1DT1S', -ticksPerDay - ticksPerSecond],
    ['P', undefined],
    ['PT', undefined],
    ['P1DT', undefined],
    ['7D', undefined],
    ['P1Y', undefined],
  ])('the duration %s is %s ticks', (text, ticks) => {
    expect(durationTicks(text)).toBe(ticks);
  });
});
