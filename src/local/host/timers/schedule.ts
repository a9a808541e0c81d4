/** When a timer fires: six fields as NCrontab takes them, or a time span between one run and the next. */
import { timeSpanMs } from '../triggers/timeSpan.ts';
import { type Cron, nextInstant } from './cron.ts';
import { cronFields, fieldValues } from './cronField.ts';

export interface Schedule {
  readonly kind: 'schedule';
  /**
   * The first instant after another at which to fire. Milliseconds since 1970.
   *
   * @returns `undefined` when it never comes, such as on 30 February
   */
  next(afterMs: number): number | undefined;
  /** It fires more often than once a minute: the host keeps no record of such timers. */
  readonly isFrequent: boolean;
  /** Azure tells this of schedules by the calendar, and not of time spans; it has no effect in UTC. */
  readonly adjustsForDst: boolean;
}

export type ParsedSchedule = Schedule | { readonly kind: 'wrong'; readonly message: string };

/**
 * Reads the `schedule` of a timer trigger, its app settings resolved.
 *
 * @returns `wrong`, with what is and what would be right, where Azure would put the function in error
 */
export const parseSchedule = (text: string): ParsedSchedule => {
  const fields = text.split(' ').filter((field) => field !== '');
  if (fields.length === cronFields.length) return calendar(text, fields);
  const span = timeSpanMs(text);
  if (span !== undefined && span > 0) return interval(span);
  return wrong(text, 'six fields are needed, seconds first, such as 0 */5 * * * *, or a time span such as 00:05:00');
};

const calendar = (text: string, fields: readonly string[]): ParsedSchedule => {
  const values: (readonly number[])[] = [];
  for (const [index, field] of cronFields.entries()) {
    const found = fieldValues(field, fields[index] ?? '');
    const { name, least, most } = field;
    if (!found) return wrong(text, `${fields[index]} is no ${name}; write ${least} to ${most}, or *, 1-5, 1,3 or */5`);
    values.push(found);
  }
  const [seconds = [], minutes = [], hours = [], days = [], months = [], weekdays = []] = values;
  const cron: Cron = { seconds, minutes, hours, days, months, weekdays };
  const everyMinute = cronFields.slice(1).every(({ least, most }, at) => values[at + 1]?.length === most - least + 1);
  return {
    kind: 'schedule',
    next: (afterMs) => nextInstant(cron, afterMs),
    isFrequent: everyMinute && seconds.length > 1,
    adjustsForDst: true,
  };
};

const interval = (span: number): Schedule => ({
  kind: 'schedule',
  next: (afterMs) => afterMs + span,
  isFrequent: span < 60_000,
  adjustsForDst: false,
});

const wrong = (text: string, message: string): ParsedSchedule => ({
  kind: 'wrong',
  message: `schedule "${text}": ${message}`,
});
