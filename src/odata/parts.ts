import type { Expression } from './expression.ts';

/** The expressions that an expression holds, from left to right; the paths of lists and the members of `in` are none. */
export const partsOf = (expression: Expression): readonly Expression[] => {
  switch (expression.kind) {
    case 'or':
    case 'and':
      return expression.operands;
    case 'not':
    case 'negate':
    case 'in':
      return [expression.operand];
    case 'comparison':
    case 'arithmetic':
      return [expression.left, expression.right];
    case 'call':
      return expression.parameters;
    case 'lambda':
      return expression.each ? [expression.each.body] : [];
    default:
      return [];
  }
};
