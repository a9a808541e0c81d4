import type { Expression } from '../../odata/expression.ts';

/** The first property of a filter that is not among those a list may be filtered by; undefined where all are. */
export const unfilterable = (expression: Expression, filterable: readonly string[]): string | undefined =>
  propertiesOf(expression, []).find((name) => !filterable.includes(name));

/** @param variables those of the lambdas around, which are no properties */
const propertiesOf = (node: Expression, variables: readonly string[]): readonly string[] => {
  if (node.kind === 'path') {
    const [name = ''] = node.steps.filter((step) => step !== '$it');
    return variables.includes(name) ? [] : [name];
  }
  if (node.kind !== 'lambda') return partsOf(node).flatMap((part) => propertiesOf(part, variables));
  const own = propertiesOf(node.of, variables);
  return node.each ? [...own, ...propertiesOf(node.each.body, [...variables, node.each.variable])] : own;
};

const partsOf = (node: Expression): readonly Expression[] => {
  switch (node.kind) {
    case 'or':
    case 'and':
      return node.operands;
    case 'not':
    case 'negate':
      return [node.operand];
    case 'comparison':
    case 'arithmetic':
      return [node.left, node.right];
    case 'in':
      return [node.operand];
    case 'call':
      return node.parameters;
    case 'count':
      return [node.of];
    default:
      return [];
  }
};
