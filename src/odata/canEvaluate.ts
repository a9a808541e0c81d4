import { isEvaluated } from './evaluation/evaluateCall.ts';
import type { Expression } from './expression.ts';

/** Whether `evaluateFilter` can answer a filter, and if not, the first thing in it that it cannot: `cast`, `has`. */
export const canEvaluate = (
  expression: Expression,
): { readonly kind: 'evaluable' } | { readonly kind: 'unsupported'; readonly what: string } => {
  const what = unsupported(expression);
  return what === undefined ? { kind: 'evaluable' } : { kind: 'unsupported', what };
};

const unsupported = (expression: Expression): string | undefined => {
  if (expression.kind === 'call' && !isEvaluated(expression.name)) return expression.name;
  if (expression.kind === 'comparison' && expression.operator === 'has') return 'has';
  for (const part of partsOf(expression)) {
    const what = unsupported(part);
    if (what !== undefined) return what;
  }
  return undefined;
};

const partsOf = (expression: Expression): readonly Expression[] => {
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
