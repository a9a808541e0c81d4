import type { Expression } from '../../odata/expression.ts';

/** The first property of a filter that is not among those a list may be filtered by; undefined where all are. */
export const unfilterable = (
  expression: Expression,
  filterable: readonly string[],
  variables: readonly string[] = [],
): string | undefined => {
  const [property] = propertiesOf(expression, variables);
  return property;

  function propertiesOf(node: Expression, known: readonly string[]): string[] {
    switch (node.kind) {
      case 'path':
        return [node.steps[0] ?? ''].filter((name) => !known.includes(name) && !filterable.includes(name));
      case 'lambda':
        return [
          ...propertiesOf(node.of, known),
          ...(node.each ? propertiesOf(node.each.body, [...known, node.each.variable]) : []),
        ];
      default:
        return partsOf(node).flatMap((part) => propertiesOf(part, known));
    }
  }
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
