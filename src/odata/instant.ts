/**
 * Instants as OData writes them, counted in ticks of 100 nanoseconds since the year 1: Defender sends seven
 * decimals, of which `Date` keeps three.
 */
export const ticksPerSecond = 10_000_000n;
export const ticksPerDay = 86_400n * ticksPerSecond;

/**
 * Reads `2018-08-01T00:00:00Z`, with up to 12 decimals (of which 7 count) and any offset, and `2018-08-01Z`
 * (OData queries with Defender for Endpoint, example 5).
 *
 * @returns ticks since 0001-01-01T00:00:00Z; undefined if it is none, or of a day or time that does not exist
 */
export const instantTicks = (text: string): bigint | undefined => {
  const [, day = '', time, offset = ''] = /^(\d{4}-\d\d-\d\d)(?:T([\d:.]{5,21}))?(Z|[+-]\d\d:\d\d)$/.exec(text) ?? [];
  if (time === undefined && offset !== 'Z') return undefined;
  const date = dateTicks(day);
  const sinceMidnight = timeTicks(time ?? '00:00');
  const shift = offsetTicks(offset);
  if (date === undefined || sinceMidnight === undefined || shift === undefined) return undefined;
  return date + sinceMidnight - shift;
};

/** Reads `2018-08-01` as ticks at its midnight in UTC; undefined for a day that does not exist. */
export const dateTicks = (text: string): bigint | undefined => {
  const [, year, month, day] = (/^(\d{4})-(\d\d)-(\d\d)$/.exec(text) ?? []).map(Number);
  if (year === undefined || month === undefined || day === undefined || year < 1) return undefined;
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return undefined;
  return BigInt(date.getTime()) * ticksPerMillisecond + epoch;
};

/** Reads `12:30`, `12:30:15` and `12:30:15.1234567` as ticks since midnight. */
export const timeTicks = (text: string): bigint | undefined => {
  const [, hour, minute, second = '0', decimals = ''] =
    /^([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(?:\.(\d{1,12}))?)?$/.exec(text) ?? [];
  if (hour === undefined || minute === undefined) return undefined;
  const seconds = BigInt(hour) * 3600n + BigInt(minute) * 60n + BigInt(second);
  return seconds * ticksPerSecond + BigInt(decimals.slice(0, 7).padEnd(7, '0'));
};

/** The calendar's view of the day that ticks fall on, in UTC. */
export const calendarDay = (ticks: bigint): Date =>
  new Date(Number((ticks - (ticks % ticksPerDay) - epoch) / ticksPerMillisecond));

const ticksPerMillisecond = 10_000n;
const epoch = 621_355_968_000_000_000n;

const offsetTicks = (text: string): bigint | undefined => {
  if (text === 'Z') return 0n;
  const minutes = Number(text.slice(1, 3)) * 60 + Number(text.slice(4));
  if (Number(text.slice(4)) > 59 || minutes > 14 * 60) return undefined;
  return BigInt(text.startsWith('-') ? -minutes : minutes) * 60n * ticksPerSecond;
};
