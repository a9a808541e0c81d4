/** An object as JSON has it. */
export type Entity = Readonly<Record<string, unknown>>;

/** A point in time or a length of it, in ticks of 100 nanoseconds. */
export interface Moment {
  readonly kind: 'moment';
  readonly ticks: bigint;
}

/**
 * What an expression comes to. Whole numbers are bigints, so that 64 bits are exact and `div` is whole; lists and
 * objects stay as JSON has them.
 */
export type Value = null | boolean | string | number | bigint | Moment | readonly unknown[] | Entity;
