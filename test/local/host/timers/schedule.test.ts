import { Cron } from 'croner';
import * as fc from 'fast-check';
import { parseSchedule, type Schedule } from '../../../../src/local/host/timers/schedule.ts';
import { law } from '../../../support/law.ts';

const schedule = (text: string): Schedule => {
  const parsed = parseSchedule(text);
  if (parsed.kind === 'wrong') throw new Error(parsed.message);
  return parsed;
};

/** The next instants of a schedule, as ISO text without milliseconds. */
const next = (text: string, after: string, count = 1): readonly (string | undefined)[] => {
  const found: (string | undefined)[] = [];
  let at: number | undefined = Date.parse(after);
  for (let turn = 0; turn < count && at !== undefined; turn++) {
    at = schedule(text).next(at);
    found.push(at === undefined ? undefined : new Date(at).toISOString().replace('.000Z', 'Z'));
  }
  return found;
};

describe('a timer schedule', () => {
  it('has six fields, seconds first', () => {
    expect(next('10 20 3 4 5 *', '2026-01-01T00:00:00Z')).toEqual(['2026-05-04T03:20:10Z']);
  });

  it.each(['* * * * *', '0 0 0 * * * *', '', '  ', '* * * * * * 2026'])(
    'is refused with other than six: "%s"',
    (text) => {
      expect(parseSchedule(text)).toMatchObject({ kind: 'wrong', message: expect.stringContaining('six fields') });
    },
  );

  it('may be a time span, counted from the last run', () => {
    expect(next('00:05:00', '2026-01-01T10:01:02.500Z')).toEqual(['2026-01-01T10:06:02.500Z']);
    expect(next('1.00:00:00', '2026-01-01T10:00:00Z')).toEqual(['2026-01-02T10:00:00Z']);
    expect(next('24:00:00', '2026-01-01T10:00:00Z')).toEqual(['2026-01-25T10:00:00Z']);
  });

  it.each(['00:00:00', '00:60:00', '-00:05:00', '5 minutes'])(
    'is refused where the time span is none: "%s"',
    (text) => {
      expect(parseSchedule(text)).toMatchObject({ kind: 'wrong' });
    },
  );

  it('takes month and weekday names in any case', () => {
    expect(next('0 0 0 1 JAN *', '2026-02-01T00:00:00Z')).toEqual(['2027-01-01T00:00:00Z']);
    expect(next('0 0 0 1 january *', '2026-02-01T00:00:00Z')).toEqual(['2027-01-01T00:00:00Z']);
    expect(next('0 0 9 * * mon', '2026-11-21T00:00:00Z')).toEqual(['2026-11-23T09:00:00Z']);
    expect(next('0 0 9 * * Mon-FRI', '2026-11-21T00:00:00Z')).toEqual(['2026-11-23T09:00:00Z']);
  });

  it('knows Sunday as 0', () => {
    expect(next('0 0 9 * * 0', '2026-11-21T00:00:00Z')).toEqual(['2026-11-22T09:00:00Z']);
  });

  it('refuses 7 as a weekday', () => {
    expect(parseSchedule('0 0 9 * * 7')).toEqual({
      kind: 'wrong',
      message: 'schedule "0 0 9 * * 7": 7 is no weekday; write 0 to 6, or *, 1-5, 1,3 or */5',
    });
  });

  it.each([
    '0 0 0 ? * *',
    '0 0 0 * * ?',
    '0 0 0 L * *',
    '0 0 0 * * 5L',
    '0 0 0 * * 1#2',
    '0 0 0 * * MON#2',
    '0 0 0 15W * *',
  ])('refuses ?, L, # and W: "%s"', (text) => {
    expect(parseSchedule(text)).toMatchObject({ kind: 'wrong' });
  });

  it('takes 5/10 as from 5 on every 10', () => {
    expect(next('0 5/10 * * * *', '2026-01-01T00:00:00Z', 7)).toEqual([
      '2026-01-01T00:05:00Z',
      '2026-01-01T00:15:00Z',
      '2026-01-01T00:25:00Z',
      '2026-01-01T00:35:00Z',
      '2026-01-01T00:45:00Z',
      '2026-01-01T00:55:00Z',
      '2026-01-01T01:05:00Z',
    ]);
  });

  it('takes 10-5 as 5-10, of names too', () => {
    expect(next('0 0 10-5 * * *', '2026-01-01T08:30:00Z', 3)).toEqual(
      next('0 0 5-10 * * *', '2026-01-01T08:30:00Z', 3),
    );
    expect(next('0 0 0 * * FRI-MON', '2026-11-21T00:00:00Z')).toEqual(['2026-11-23T00:00:00Z']);
  });

  it('counts */0 as *', () => {
    expect(next('*/0 * * * * *', '2026-01-01T00:00:00Z')).toEqual(['2026-01-01T00:00:01Z']);
  });

  it('needs the day of the month and the weekday both to fit', () => {
    expect(next('0 0 0 15 * 1', '2026-01-01T00:00:00Z', 2)).toEqual(['2026-06-15T00:00:00Z', '2027-02-15T00:00:00Z']);
  });

  it('yields nothing for a date that never comes', () => {
    expect(next('0 0 0 30 2 *', '2026-01-01T00:00:00Z')).toEqual([undefined]);
    expect(next('0 0 0 31 2,4,6,9,11 *', '2026-01-01T00:00:00Z')).toEqual([undefined]);
  });

  it('waits for a leap day, and for one on a given weekday', () => {
    expect(next('0 0 0 29 2 *', '2096-03-01T00:00:00Z')).toEqual(['2104-02-29T00:00:00Z']);
    expect(next('0 0 0 29 2 1', '2026-01-01T00:00:00Z')).toEqual(['2044-02-29T00:00:00Z']);
  });

  it.each([
    ['60 * * * * *', 'second'],
    ['* 60 * * * *', 'minute'],
    ['* * 24 * * *', 'hour'],
    ['* * * 0 * *', 'day of the month'],
    ['* * * 32 * *', 'day of the month'],
    ['* * * * 13 *', 'month'],
    ['* * * * 0 *', 'month'],
    ['* * * 0/5 * *', 'day of the month'],
    ['70/5 * * * * *', 'second'],
    ['a * * * * *', 'second'],
    ['1, * * * * *', 'second'],
    [',1 * * * * *', 'second'],
    ['*/ * * * * *', 'second'],
    ['/5 * * * * *', 'second'],
    ['1- * * * * *', 'second'],
    ['-1 * * * * *', 'second'],
    ['1-2-3 * * * * *', 'second'],
    ['1/2/3 * * * * *', 'second'],
    ['1\t2 * * * * *', 'second'],
    ['* * * * Foo *', 'month'],
  ])('says which field is wrong in "%s"', (text, field) => {
    expect(parseSchedule(text)).toMatchObject({ kind: 'wrong', message: expect.stringContaining(`is no ${field};`) });
  });

  it('is told apart by how often it fires: more than once a minute, or less', () => {
    const frequent = ['* * * * * *', '*/10 * * * * *', '0,30 */1 * * * *', '00:00:59'].map((text) => schedule(text));
    const rare = ['0 * * * * *', '* 0 * * * *', '*/5 * * * 1 *', '00:01:00'].map((text) => schedule(text));
    expect(frequent.map(({ isFrequent }) => isFrequent)).toEqual([true, true, true, true]);
    expect(rare.map(({ isFrequent }) => isFrequent)).toEqual([false, false, false, false]);
  });
});

/** A field's text beside the test of it, so that the oracle shares nothing with the parser. */
interface FieldCase {
  readonly text: string;
  readonly fits: (value: number) => boolean;
}

const item = (least: number, most: number): fc.Arbitrary<FieldCase> => {
  const value = fc.integer({ min: least, max: most });
  return fc.oneof(
    fc.constant({ text: '*', fits: () => true }),
    value.map((only) => ({ text: `${only}`, fits: (it: number) => it === only })),
    fc
      .integer({ min: 1, max: 20 })
      .map((step) => ({ text: `*/${step}`, fits: (it: number) => (it - least) % step === 0 })),
    fc.tuple(value, fc.integer({ min: 1, max: 20 })).map(([from, step]) => ({
      text: `${from}/${step}`,
      fits: (it: number) => it >= from && (it - from) % step === 0,
    })),
    fc.tuple(value, value).map(([a, b]) => ({
      text: `${a}-${b}`,
      fits: (it: number) => it >= Math.min(a, b) && it <= Math.max(a, b),
    })),
  );
};

const field = (least: number, most: number): fc.Arbitrary<FieldCase> =>
  fc.array(item(least, most), { minLength: 1, maxLength: 3 }).map((items) => ({
    text: items.map(({ text }) => text).join(','),
    fits: (value) => items.some(({ fits }) => fits(value)),
  }));

const fields = fc.tuple(field(0, 59), field(0, 59), field(0, 23), field(1, 31), field(1, 12), field(0, 6));
const instant = fc.integer({ min: Date.UTC(1999, 0, 1), max: Date.UTC(2101, 0, 1) });

const fitsAll = (cases: readonly FieldCase[], at: number): boolean => {
  const date = new Date(at);
  const parts = [date.getUTCSeconds(), date.getUTCMinutes(), date.getUTCHours(), date.getUTCDate()];
  return [...parts, date.getUTCMonth() + 1, date.getUTCDay()].every((part, index) => cases[index]?.fits(part));
};

describe('the next instant of a schedule', () => {
  it('is what trying one second after the other finds, within three hours', () => {
    const window = 3 * 3_600_000;
    law(
      fc.property(fields, instant, (cases, after) => {
        const found = schedule(cases.map(({ text }) => text).join(' ')).next(after);
        let tried = Math.floor(after / 1_000) * 1_000 + 1_000;
        while (tried - after <= window && !fitsAll(cases, tried)) tried += 1_000;
        if (tried - after <= window) expect(found).toBe(tried);
        else expect(found ?? Number.POSITIVE_INFINITY).toBeGreaterThan(after + window);
      }),
      300,
    );
  });

  it('is a fitting second, later than asked, and what another cron library finds', () => {
    law(
      fc.property(fields, instant, (cases, after) => {
        const text = cases.map(({ text: one }) => one).join(' ');
        const found = schedule(text).next(after);
        if (found !== undefined) {
          expect(found).toBeGreaterThan(after);
          expect(fitsAll(cases, found)).toBe(true);
        }
        expect(found).toBe(byCroner(cases, after));
      }),
      500,
    );
  });
});

/** Croner refuses some of NCrontab's spellings, so it is given the plain list of values. */
const byCroner = (cases: readonly FieldCase[], after: number): number | undefined => {
  const bounds = [
    [0, 59],
    [0, 59],
    [0, 23],
    [1, 31],
    [1, 12],
    [0, 6],
  ] as const;
  const lists = bounds.map(([least, most], index) => {
    const all = Array.from({ length: most - least + 1 }, (_, offset) => least + offset);
    return all.filter((value) => cases[index]?.fits(value)).join(',');
  });
  const cron = new Cron(lists.join(' '), { mode: '6-part', timezone: 'UTC', domAndDow: true });
  return cron.nextRun(new Date(after))?.getTime();
};
