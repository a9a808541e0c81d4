import { isEvaluated } from './evaluation/evaluateCall.ts';
import type { Expression } from './expression.ts';
import { partsOf } from './parts.ts';

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
