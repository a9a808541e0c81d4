import type { Expression, Path } from './expression.ts';

/**
 * Writes an expression as a filter: one blank between words, no parentheses but those that keep the grouping.
 * `parseFilter` reads from it the same tree.
 */
export const printFilter = (expression: Expression): string => {
  switch (expression.kind) {
    case 'literal':
    case 'typeName':
      return expression.text;
    case 'path':
      return printPath(expression);
    case 'or':
    case 'and':
      return printJoined(expression.kind, expression.operands);
    case 'not':
      return `not ${printAt(tightness.not, expression.operand)}`;
    case 'negate':
      return `-${printNegated(expression.operand)}`;
    case 'comparison':
    case 'arithmetic':
      return printInfix(expression.operator, expression.left, expression.right, tightnessOf(expression));
    case 'in':
      return `${printAt(tightness.comparison, expression.operand)} in ${printMembers(expression.members)}`;
    default:
      return printCall(expression);
  }
};

/** The expressions that carry their own parentheses. */
type Call = Extract<Expression, { kind: 'call' | 'count' | 'lambda' }>;

const printCall = (call: Call): string => {
  if (call.kind === 'call') return `${call.name}(${call.parameters.map(printFilter).join(', ')})`;
  if (call.kind === 'count') return `${printPath(call.of)}/$count`;
  const each = call.each ? `${call.each.variable}: ${printFilter(call.each.body)}` : '';
  return `${printPath(call.of)}/${call.quantifier}(${each})`;
};

const tightness = { or: 1, and: 2, comparison: 3, sum: 4, product: 5, not: 6, operand: 7 } as const;

const tightnessOf = (expression: Expression): number => {
  switch (expression.kind) {
    case 'or':
    case 'and':
      return tightness[expression.kind];
    case 'comparison':
    case 'in':
      return tightness.comparison;
    case 'arithmetic':
      return expression.operator === 'add' || expression.operator === 'sub' ? tightness.sum : tightness.product;
    case 'not':
    case 'negate':
      return tightness.not;
    default:
      return tightness.operand;
  }
};

/** In parentheses if it would group otherwise where at least this much tightness is wanted. */
const printAt = (wanted: number, expression: Expression): string => {
  const text = printFilter(expression);
  return tightnessOf(expression) < wanted ? `(${text})` : text;
};

/** All group to the left: the first operand needs no parentheses at its own level, the others do. */
const printInfix = (operator: string, left: Expression, right: Expression, level: number): string =>
  `${printAt(level, left)} ${operator} ${printAt(level + 1, right)}`;

const printJoined = (kind: 'or' | 'and', operands: readonly Expression[]): string =>
  operands.map((operand) => printAt(tightness[kind] + 1, operand)).join(` ${kind} `);

/** A number keeps its parentheses, or its minus would become part of it. */
const printNegated = (operand: Expression): string =>
  operand.kind === 'literal' ? `(${operand.text})` : printAt(tightness.not, operand);

const printMembers = (members: Path | readonly { readonly text: string }[]): string =>
  'kind' in members ? printPath(members) : `(${members.map(({ text }) => text).join(', ')})`;

const printPath = ({ steps }: Path): string => steps.join('/');
