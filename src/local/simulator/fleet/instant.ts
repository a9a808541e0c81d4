/**
 * Instants as Defender writes them: up to seven decimals, none of them a trailing zero. Reckoned without `Date`, for a page of antivirus
 * rows has a hundred thousand of them.
 */

const unixEpochInTicks = 62_135_596_800_000;

/**
 * @param milliseconds since 1970, not before
 * @param ticks        0 to 9,999: what lies below the millisecond, in 100 ns
 */
export const instant = (milliseconds: number, ticks = 0): string => {
  const days = Math.floor(milliseconds / day);
  const rest = milliseconds - days * day;
  const second = Math.floor(rest / 1000);
  const text = `${dayText(days)}T${two(second / 3600)}:${two((second / 60) % 60)}:${two(second % 60)}`;
  const decimals = (rest % 1000) * 10_000 + ticks;
  return decimals === 0 ? `${text}Z` : `${text}.${decimalText(decimals)}Z`;
};

/** The 18 digits an alert id begins with: .NET ticks, 100 ns since the year 1. */
export const dotnetTicks = (milliseconds: number, ticks: number): string =>
  `${milliseconds + unixEpochInTicks}${String(ticks).padStart(4, '0')}`;

export const hour = 3_600_000;
export const day = 24 * hour;

/** @param decimals 1 to 9,999,999, the last of seven digits being 100 ns */
const decimalText = (decimals: number): string => {
  const text = String(decimals).padStart(7, '0');
  return decimals % 10 === 0 ? text.replace(/0+$/, '') : text;
};

/** The whole part in two digits. */
const two = (number: number): string => (number < 10 ? `0${Math.floor(number)}` : `${Math.floor(number)}`);

/**
 * The date, by the calendar of years that begin in March ("chrono-Compatible Low-Level Date Algorithms", Howard Hinnant).
 *
 * @param days since 1970-01-01, not before
 */
const dayText = (days: number): string => {
  const sinceMarch = days + 719_468;
  const era = Math.floor(sinceMarch / 146_097);
  const ofEra = sinceMarch - era * 146_097;
  const yearOfEra = Math.floor(
    (ofEra - Math.floor(ofEra / 1460) + Math.floor(ofEra / 36_524) - Math.floor(ofEra / 146_096)) / 365,
  );
  const ofYear = ofEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthFromMarch = Math.floor((5 * ofYear + 2) / 153);
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return `${year}-${two(month)}-${two(ofYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1)}`;
};
