/** What is told of several measurements of one thing. */
import { percentile } from '../../quota/measure/statistics.ts';

export interface Spread {
  readonly median: number;
  readonly least: number;
  readonly most: number;
  readonly times: number;
}

/** @throws of none */
export const spreadOf = (values: readonly number[]): Spread => {
  const median = percentile(values, 0.5);
  if (median === undefined) throw new Error('nothing was measured');
  return { median, least: Math.min(...values), most: Math.max(...values), times: values.length };
};

/**
 * How A compares with B where they were measured in turns: the median of each A over the B beside it. What slowed the machine down for
 * a while slowed both.
 *
 * @throws when there is not a B for every A
 */
export const ratioOf = (a: readonly number[], b: readonly number[]): Spread => {
  if (a.length !== b.length) throw new Error(`${a.length} values can't be compared with ${b.length}`);
  return spreadOf(a.map((value, index) => value / (b[index] ?? Number.NaN)));
};
