import { ticksPerSecond } from './instant.ts';

/** Reads `P7D`, `PT12H`, `-P1DT2H3M4.5S` as ticks of 100 nanoseconds; undefined if it is no duration. */
export const durationTicks = (text: string): bigint | undefined => {
  const [, sign, days, time, hours, minutes, seconds, decimals = ''] =
    /^(-?)P(?:(\d{1,9})D)?(T(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9})(?:\.(\d{1,12}))?S)?)?$/.exec(text) ?? [];
  if (time === 'T' || [days, hours, minutes, seconds].every((piece) => piece === undefined)) return undefined;
  const whole = count(days) * 86_400n + count(hours) * 3600n + count(minutes) * 60n + count(seconds);
  const ticks = whole * ticksPerSecond + BigInt(decimals.slice(0, 7).padEnd(7, '0'));
  return sign === '-' ? -ticks : ticks;
};

const count = (digits: string | undefined): bigint => BigInt(digits ?? 0);
