/**
 * One field of a schedule, read as NCrontab 3.3 reads it: a list of items, each `*`, a value or a range, with a step if
 * need be. `5/10` is from 5 on every 10th, `10-5` is 5-10, a step below 1 counts as 1, and a name may be cut short.
 */
export interface CronField {
  readonly name: string;
  readonly least: number;
  readonly most: number;
  readonly names?: readonly string[];
}

const months = 'January February March April May June July August September October November December';
const weekdays = 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday';

/** In the order in which a schedule has them. Sunday is 0, and 7 is nothing. */
export const cronFields: readonly CronField[] = [
  { name: 'second', least: 0, most: 59 },
  { name: 'minute', least: 0, most: 59 },
  { name: 'hour', least: 0, most: 23 },
  { name: 'day of the month', least: 1, most: 31 },
  { name: 'month', least: 1, most: 12, names: months.split(' ') },
  { name: 'weekday', least: 0, most: 6, names: weekdays.split(' ') },
];

/** The values that a field's text stands for, ascending; `undefined` where it stands for none. */
export const fieldValues = (field: CronField, text: string): readonly number[] | undefined => {
  const values = new Set<number>();
  for (const item of text.split(',')) {
    const range = itemRange(field, item);
    if (!range || range.from < field.least || range.to > field.most) return undefined;
    for (let value = range.from; value <= range.to; value += range.step) values.add(value);
  }
  return [...values].sort((a, b) => a - b);
};

interface Range {
  readonly from: number;
  readonly to: number;
  readonly step: number;
}

const itemRange = (field: CronField, item: string): Range | undefined => {
  const [, span, every] = /^([^/]+)(?:\/([+-]?\d+))?$/.exec(item) ?? [];
  if (span === undefined) return undefined;
  const step = Math.max(1, Number(every ?? 1));
  if (span === '*') return { from: field.least, to: field.most, step };
  const dash = span.indexOf('-');
  const first = readValue(field, dash > 0 ? span.slice(0, dash) : span);
  const last = dash > 0 ? readValue(field, span.slice(dash + 1)) : every === undefined ? first : field.most;
  if (first === undefined || last === undefined) return undefined;
  // A lone value that is out of bounds must stay so: it is not the end of a range.
  return dash > 0
    ? { from: Math.min(first, last), to: Math.max(first, last), step }
    : { from: first, to: Math.max(first, last), step };
};

const readValue = ({ least, names }: CronField, text: string): number | undefined => {
  if (/^\d{1,4}$/.test(text)) return Number(text);
  if (text === '' || !names) return undefined;
  const index = names.findIndex((name) => name.toLowerCase().startsWith(text.toLowerCase()));
  return index < 0 ? undefined : least + index;
};
