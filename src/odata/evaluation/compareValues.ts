import type { ComparisonOperator } from '../expression.ts';
import { asNumber, asTicks, type Value } from './value.ts';

/**
 * Orders two values: negative, 0 or positive; undefined if one is null or they do not compare.
 *
 * Texts compare without regard to case. That is an inference: callers write `'onboarded'` and Defender answers
 * `Onboarded`. Instants compare exactly, whether literal or in a machine's JSON, and numbers with numbers in quotes.
 */
export const compareValues = (a: Value, b: Value): number | undefined => {
  if (a === null || b === null) return undefined;
  if (typeof a === 'boolean' || typeof b === 'boolean')
    return typeof a === typeof b ? Number(a) - Number(b) : undefined;
  return ordered(asTicks(a), asTicks(b)) ?? ordered(numberOf(a, b), numberOf(b, a)) ?? ordered(lower(a), lower(b));
};

/** A comparison with OData's nulls: null equals null alone, and is neither more nor less than anything. */
export const holds = (operator: ComparisonOperator, a: Value, b: Value): boolean => {
  const order = a === null && b === null ? 0 : compareValues(a, b);
  switch (operator) {
    case 'ne':
      return order !== 0;
    case 'gt':
      return order !== undefined && order > 0;
    case 'ge':
      return order !== undefined && order >= 0;
    case 'lt':
      return order !== undefined && order < 0;
    case 'le':
      return order !== undefined && order <= 0;
    default:
      return order === 0;
  }
};

const ordered = <T extends string | number | bigint>(a: T | undefined, b: T | undefined): number | undefined => {
  if (a === undefined || b === undefined) return undefined;
  if (a < b) return -1;
  if (a > b) return 1;
  return Number.isNaN(a) || Number.isNaN(b) ? undefined : 0;
};

/** Two texts are no numbers, whatever they hold. */
const numberOf = (value: Value, other: Value): number | bigint | undefined =>
  typeof value === 'string' && typeof other === 'string' ? undefined : asNumber(value);

const lower = (value: Value): string | undefined => (typeof value === 'string' ? value.toLowerCase() : undefined);
