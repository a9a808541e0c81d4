/** What a dialect of Defender does not take of a filter that is one, in the words of Microsoft's OData library. */
import type { Expression } from '../../odata/expression.ts';
import { partsOf } from '../../odata/parts.ts';
import type { Dialect } from './dialect.ts';

/** The complaint; undefined where there is none. @param written the filter as it was sent, decoded */
export const filterFault = (expression: Expression, written: string, dialect: Dialect): string | undefined => {
  const { mostNodes, mostMembers } = dialect;
  const members = longestList(expression);
  if (dialect.in === 'refused' && members !== undefined)
    return `Syntax error at position ${written.search(/\sin[\s(]/i) + 3} in '${written}'.`;
  if (mostMembers !== null && (members ?? 0) > mostMembers)
    return `The limit of '${mostMembers}' for the members of 'in' has been exceeded. The value from the incoming request is '${members}'.`;
  if (mostNodes !== null && nodesOf(expression) > mostNodes)
    return `The node count limit of '${mostNodes}' has been exceeded. To increase the limit, set the 'MaxNodeCount' property on EnableQueryAttribute or ODataValidationSettings.`;
  return undefined;
};

/**
 * The nodes of a filter as the library's FilterQueryValidator counts them: an operator is one, a property is two
 * (itself, and what it is a property of), a literal is one, `in` is one whatever its list holds. `a eq 'x'` is 4,
 * and 20 of these joined by `or` are 99; 100 is its default bound.
 */
export const nodesOf = (expression: Expression): number => {
  switch (expression.kind) {
    case 'in':
      return 1;
    case 'path':
      return 1 + expression.steps.length;
    case 'or':
    case 'and':
      return sum(expression.operands) + expression.operands.length - 1;
    case 'lambda':
      return 2 + expression.of.steps.length + sum(partsOf(expression));
    default:
      return 1 + sum(partsOf(expression));
  }
};

const sum = (expressions: readonly Expression[]): number =>
  expressions.reduce((nodes, expression) => nodes + nodesOf(expression), 0);

/** How many members the longest list of an `in` has; undefined where there is no `in`. */
const longestList = (expression: Expression): number | undefined => {
  const lists = [expression, ...partsOf(expression)].flatMap((part) => {
    if (part !== expression) return longestList(part) ?? [];
    return part.kind === 'in' ? membersOf(part) : [];
  });
  return lists.length === 0 ? undefined : Math.max(...lists);
};

const membersOf = ({ members }: Extract<Expression, { kind: 'in' }>): number =>
  'kind' in members ? 1 : members.length;
