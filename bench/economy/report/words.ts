/** Figures for people. */
import type { Spread } from './statistics.ts';

/** `1.04 (1.02 to 1.11, 9 times)`: the median, the least and the most. */
export const numbers = ({ median, least, most, times }: Spread, digits: number): string =>
  `${median.toFixed(digits)} (${least.toFixed(digits)} to ${most.toFixed(digits)}, ${times} times)`;

/** Bytes as `10.4 MB`, in millions. */
export const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;
