import type { ArithmeticOperator, ComparisonOperator } from '../expression.ts';

export const comparisonOperators: readonly ComparisonOperator[] = ['eq', 'ne', 'gt', 'ge', 'lt', 'le', 'has'];
export const additiveOperators: readonly ArithmeticOperator[] = ['add', 'sub'];
export const multiplicativeOperators: readonly ArithmeticOperator[] = ['mul', 'div', 'mod'];

/** Every word that stands between two operands. */
export const infixOperators: readonly string[] = [
  ...comparisonOperators,
  'in',
  'and',
  'or',
  ...additiveOperators,
  ...multiplicativeOperators,
];

/** The operator of OData that somebody meant who wrote another language's. */
export const operatorFor = (written: string): string | undefined => otherLanguages.get(written.toLowerCase());

const otherLanguages: ReadonlyMap<string, string> = new Map([
  ['=', 'eq'],
  ['==', 'eq'],
  ['equals', 'eq'],
  ['equal', 'eq'],
  ['is', 'eq'],
  ['!=', 'ne'],
  ['<>', 'ne'],
  ['neq', 'ne'],
  ['>', 'gt'],
  ['>=', 'ge'],
  ['gte', 'ge'],
  ['<', 'lt'],
  ['<=', 'le'],
  ['lte', 'le'],
  ['&&', 'and'],
  ['&', 'and'],
  ['||', 'or'],
  ['|', 'or'],
  ['+', 'add'],
  ['-', 'sub'],
  ['*', 'mul'],
  ['%', 'mod'],
]);
