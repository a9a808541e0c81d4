/** The calendar of a six-field schedule. All in UTC, as in Azure by default. */
export interface Cron {
  /** Values of each field, ascending. */
  readonly seconds: readonly number[];
  readonly minutes: readonly number[];
  readonly hours: readonly number[];
  readonly days: readonly number[];
  readonly months: readonly number[];
  readonly weekdays: readonly number[];
}

/** The calendar repeats itself after 400 years: what has not come by then never comes. */
const monthsToSearch = 400 * 12 + 1;

/**
 * The first whole second after an instant that a schedule names. The day of the month and the weekday must both fit,
 * unlike in Unix cron.
 *
 * @param afterMs  milliseconds since 1970
 * @returns the same unit, always later than `afterMs`; `undefined` when no such second ever comes
 */
export const nextInstant = (cron: Cron, afterMs: number): number | undefined => {
  const from = new Date(Math.floor(afterMs / 1_000) * 1_000 + 1_000);
  const year = from.getUTCFullYear();
  for (let offset = from.getUTCMonth(); offset < from.getUTCMonth() + monthsToSearch; offset++) {
    if (!cron.months.includes((offset % 12) + 1)) continue;
    const found = inMonth(cron, year + Math.floor(offset / 12), offset % 12, from.getTime());
    if (found !== undefined) return found;
  }
  return undefined;
};

const inMonth = (cron: Cron, year: number, month: number, from: number): number | undefined => {
  for (const day of cron.days) {
    const midnight = new Date(Date.UTC(year, month, day));
    if (midnight.getUTCMonth() !== month) return undefined;
    if (!cron.weekdays.includes(midnight.getUTCDay())) continue;
    const second = inDay(cron, (from - midnight.getTime()) / 1_000);
    if (second !== undefined) return midnight.getTime() + second * 1_000;
  }
  return undefined;
};

/** The first fitting second of a day that is not before `from`, which may lie outside the day. */
const inDay = ({ hours, minutes, seconds }: Cron, from: number): number | undefined => {
  for (const hour of hours) {
    if ((hour + 1) * 3_600 <= from) continue;
    for (const minute of minutes) {
      const start = hour * 3_600 + minute * 60;
      const second = seconds.find((each) => start + each >= from);
      if (second !== undefined) return start + second;
    }
  }
  return undefined;
};
