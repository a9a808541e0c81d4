const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/**
 * Reads a time span as .NET writes it: `hh:mm`, `hh:mm:ss`, `d.hh:mm:ss` or a bare number of days, with a fraction of a
 * second if need be. Where the first of three numbers is 24 or more, it counts days: `24:00:00` is 24 days (Learn,
 * "Timer trigger for Azure Functions", TimeSpan).
 *
 * @returns milliseconds, or `undefined` where the text is no time span
 */
export const timeSpanMs = (text: string): number | undefined => {
  const [, days, clock = '', fraction] = /^\s*(?:(\d{1,8})\.)?([\d:]+)(?:\.(\d{1,7}))?\s*$/.exec(text) ?? [];
  const parts = clock.split(':').map((part) => (/^\d{1,8}$/.test(part) ? Number(part) : Number.NaN));
  const [d, h, m, s] = inOrder(days, parts) ?? [];
  if (d === undefined || h === undefined || m === undefined) return undefined;
  if (!(h < 24 && m < 60 && (s ?? 0) < 60) || Number.isNaN(d) || (fraction !== undefined && s === undefined)) {
    return undefined;
  }
  return d * day + h * hour + m * minute + (s ?? 0) * second + Math.floor(Number(`0.${fraction ?? 0}`) * second);
};

/** Days, hours, minutes and, where the text has them, seconds. */
const inOrder = (days: string | undefined, parts: readonly number[]): readonly number[] | undefined => {
  if (days !== undefined) return parts.length === 2 || parts.length === 3 ? [Number(days), ...parts] : undefined;
  if (parts.length === 1) return [...parts, 0, 0];
  if (parts.length === 4 || (parts.length === 3 && (parts[0] ?? 0) >= 24)) return parts;
  return parts.length === 2 || parts.length === 3 ? [0, ...parts] : undefined;
};
