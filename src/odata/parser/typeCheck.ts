import type { ScalarName, Type } from '../edm.ts';
import { scalar } from '../edm.ts';
import type { ArithmeticOperator } from '../expression.ts';

/** Whether two values may be compared: of one type, or one of them is null. Dates compare with instants. */
export const comparable = (a: Type, b: Type): boolean =>
  matchesAny(a) || matchesAny(b) || names(a).some((name) => names(b).includes(name));

/** Whether a value may stand where one of these types is wanted. */
export const isOneOf = (type: Type, wanted: readonly ScalarName[]): boolean =>
  matchesAny(type) || names(type).some((name) => wanted.includes(name));

/** Whether a value may stand as a condition. */
export const isCondition = (type: Type): boolean => isOneOf(type, ['boolean']);

/** What a sum, difference, product or quotient of these is; undefined if there is none. */
export const arithmeticType = (operator: ArithmeticOperator, left: Type, right: Type): Type | undefined => {
  const [a, b] = [operandName(left), operandName(right)];
  if (a === undefined || b === undefined) return undefined;
  if (a === 'unknown' || b === 'unknown') return scalar('unknown');
  const result = results.get(`${a} ${operator} ${b}`);
  return result && scalar(result);
};

const matchesAny = (type: Type): boolean => type.kind === 'scalar' && (type.name === 'null' || type.name === 'unknown');

/** The names that a type goes by in comparisons; `date` goes by `dateTimeOffset`. */
const names = (type: Type): readonly ScalarName[] => {
  if (type.kind !== 'scalar') return [];
  const own: readonly ScalarName[] = type.name === 'dateTimeOffset' ? ['dateTimeOffset', 'date'] : [type.name];
  return type.alsoTakes ? [...own, type.alsoTakes] : own;
};

const operandName = (type: Type): ScalarName | undefined => {
  if (type.kind !== 'scalar') return undefined;
  if (type.name === 'null') return 'unknown';
  return type.name === 'date' ? 'dateTimeOffset' : type.name;
};

const results: ReadonlyMap<string, ScalarName> = new Map<string, ScalarName>([
  ...(['add', 'sub', 'mul', 'div', 'mod'] as const).map((o): [string, ScalarName] => [`number ${o} number`, 'number']),
  ['dateTimeOffset sub dateTimeOffset', 'duration'],
  ['dateTimeOffset add duration', 'dateTimeOffset'],
  ['dateTimeOffset sub duration', 'dateTimeOffset'],
  ['duration add dateTimeOffset', 'dateTimeOffset'],
  ['duration add duration', 'duration'],
  ['duration sub duration', 'duration'],
  ['duration mul number', 'duration'],
  ['number mul duration', 'duration'],
  ['duration div number', 'duration'],
]);
