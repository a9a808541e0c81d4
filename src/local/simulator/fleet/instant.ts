/** Instants as Defender writes them: up to seven decimals, none of them a trailing zero. */

const unixEpochInTicks = 62_135_596_800_000;

/**
 * @param milliseconds since 1970
 * @param ticks        0 to 9,999: what lies below the millisecond, in 100 ns
 */
export const instant = (milliseconds: number, ticks = 0): string => {
  const text = new Date(milliseconds).toISOString();
  if (ticks % 10 !== 0) return `${text.slice(0, 23)}${String(ticks).padStart(4, '0')}Z`;
  const decimals = `${text.slice(20, 23)}${String(ticks).padStart(4, '0')}`.replace(/0+$/, '');
  return decimals === '' ? `${text.slice(0, 19)}Z` : `${text.slice(0, 20)}${decimals}Z`;
};

/** The 18 digits an alert id begins with: .NET ticks, 100 ns since the year 1. */
export const dotnetTicks = (milliseconds: number, ticks: number): string =>
  `${milliseconds + unixEpochInTicks}${String(ticks).padStart(4, '0')}`;

export const hour = 3_600_000;
export const day = 24 * hour;
