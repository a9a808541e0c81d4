import { dateTicks, instantTicks } from '../instant.ts';

/** An object as JSON has it. */
export type Entity = Readonly<Record<string, unknown>>;

/** A point in time or a length of it, in ticks of 100 nanoseconds. */
export interface Moment {
  readonly ticks: bigint;
}

/**
 * What an expression comes to. Whole numbers are bigints, so that 64 bits are exact and `div` stays whole; lists
 * and objects are as JSON has them.
 */
export type Value = null | boolean | string | number | bigint | Moment | readonly unknown[] | Entity;

/** A value as it came from JSON; what JSON does not have is null. */
export const fromJson = (json: unknown): Value => {
  if (typeof json === 'number') return Number.isSafeInteger(json) ? BigInt(json) : json;
  if (typeof json === 'string' || typeof json === 'boolean' || isList(json) || isEntity(json)) return json;
  return null;
};

export const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);

export const isEntity = (value: unknown): value is Entity =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The value as ticks: a moment, or a text that is one, as JSON has it. */
export const asTicks = (value: Value): bigint | undefined => {
  if (typeof value === 'string') return value.charAt(4) === '-' ? (instantTicks(value) ?? dateTicks(value)) : undefined;
  return isEntity(value) && typeof value.ticks === 'bigint' ? value.ticks : undefined;
};

/** The value as a number: one, or a text that is one (`rbacGroupId` is written both ways). */
export const asNumber = (value: Value): number | bigint | undefined => {
  if (typeof value === 'number' || typeof value === 'bigint') return value;
  if (typeof value !== 'string' || !/^-?\d{1,18}(\.\d{1,18})?$/.test(value)) return undefined;
  return value.includes('.') ? Number(value) : BigInt(value);
};

/** The value as text, for the functions of texts. */
export const asText = (value: Value): string | undefined =>
  typeof value === 'string' || typeof value === 'bigint' || typeof value === 'number' ? `${value}` : undefined;
