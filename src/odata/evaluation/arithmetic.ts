import type { ArithmeticOperator } from '../expression.ts';
import { asNumber, asTicks, type Value } from './value.ts';

/** Calculates with numbers, instants and durations; null if a side is null, is none of them, or is a zero to divide by. */
export const calculate = (operator: ArithmeticOperator, left: Value, right: Value): Value => {
  const [from, by] = [asTicks(left), asTicks(right)];
  if (from !== undefined && by !== undefined) return { ticks: operator === 'add' ? from + by : from - by };
  const [a, b] = [asNumber(left), asNumber(right)];
  if (from !== undefined && b !== undefined) return scaled(operator, from, b);
  if (by !== undefined && a !== undefined) return scaled('mul', by, a);
  if (a === undefined || b === undefined) return null;
  if (typeof a === 'bigint' && typeof b === 'bigint') return whole(operator, a, b);
  return fractional(operator, Number(a), Number(b));
};

/** The value with its sign turned. */
export const negated = (value: Value): Value => {
  const ticks = asTicks(value);
  if (ticks !== undefined) return { ticks: -ticks };
  const number = asNumber(value);
  return number === undefined ? null : -number;
};

const scaled = (operator: ArithmeticOperator, ticks: bigint, by: number | bigint): Value => {
  const result = Math.round(operator === 'div' ? Number(ticks) / Number(by) : Number(ticks) * Number(by));
  return Number.isFinite(result) ? { ticks: BigInt(result) } : null;
};

const whole = (operator: ArithmeticOperator, a: bigint, b: bigint): Value => {
  switch (operator) {
    case 'add':
      return a + b;
    case 'sub':
      return a - b;
    case 'mul':
      return a * b;
    case 'div':
      return b === 0n ? null : a / b;
    case 'mod':
      return b === 0n ? null : a % b;
  }
};

const fractional = (operator: ArithmeticOperator, a: number, b: number): Value => {
  switch (operator) {
    case 'add':
      return a + b;
    case 'sub':
      return a - b;
    case 'mul':
      return a * b;
    case 'div':
      return a / b;
    case 'mod':
      return a % b;
  }
};
