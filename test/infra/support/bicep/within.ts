import type { Expression } from './expression.ts';

/** An expression and all that it is made of. */
export const within = (expression: Expression): readonly Expression[] => [
  expression,
  ...partsOf(expression).flatMap(within),
];

const partsOf = (expression: Expression): readonly Expression[] => {
  switch (expression.kind) {
    case 'text':
      return expression.parts.filter((part) => typeof part !== 'string');
    case 'list':
      return expression.items;
    case 'object':
      return expression.members.flatMap(({ key, value }) => (key.kind === 'text' ? [key, value] : [value]));
    case 'member':
      return [expression.of];
    case 'call':
      return [...(expression.of ? [expression.of] : []), ...expression.given];
    case 'choice':
      return [expression.condition, expression.yes, expression.no];
    case 'each':
      return [expression.over, expression.body];
    case 'lambda':
      return [expression.body];
    case 'operation':
    case 'other':
      return expression.parts;
    default:
      return [];
  }
};
