/**
 * What of a bound caller's filter Defender is asked, and what is worked out here, on the rows that stay. A part that fails on some values, as
 * `1 div 0` does, would tell by Defender's error that a machine of another group has them: that the groups stand in front is no help where all
 * parts are worked out. So Defender gets what can fail on no row: properties beside literals, as its page on OData shows them.
 */
import { type Expression, joined } from '../../odata/expression.ts';

export interface SplitFilter {
  readonly sent?: Expression | undefined;
  /** A row stays where both hold. */
  readonly here?: Expression | undefined;
}

export const splitFilter = (filter?: Expression): SplitFilter => {
  if (filter === undefined) return {};
  const parts = filter.kind === 'and' ? filter.operands : [filter];
  return {
    sent: togetherOf(parts.filter((part) => failsOnNoRow(part))),
    here: togetherOf(parts.filter((part) => !failsOnNoRow(part))),
  };
};

const togetherOf = (parts: readonly Expression[]): Expression | undefined =>
  parts.length === 0 ? undefined : joined('and', parts);

/** @param variable a lambda's, whose own properties may be asked for */
const failsOnNoRow = (expression: Expression, variable?: string): boolean => {
  const isSafe = (part: Expression): boolean => failsOnNoRow(part, variable);
  switch (expression.kind) {
    case 'or':
    case 'and':
      return expression.operands.every(isSafe);
    case 'not':
      return isSafe(expression.operand);
    case 'literal':
      return true;
    case 'path':
      return isNear(expression, variable);
    case 'comparison':
      return expression.operator !== 'has' && [expression.left, expression.right].every(isValue(variable));
    case 'in':
      return isValue(variable)(expression.operand) && !('kind' in expression.members);
    case 'call':
      return searches.includes(expression.name) && expression.parameters.every(isValue(variable));
    case 'lambda':
      return isSafeLambda(expression);
    default:
      return false;
  }
};

const searches: readonly string[] = ['startswith', 'endswith', 'contains'];

const isSafeLambda = ({ of, each }: Expression & { kind: 'lambda' }): boolean =>
  of.steps.length === 1 && (each === undefined || failsOnNoRow(each.body, each.variable));

const isValue =
  (variable: string | undefined) =>
  (expression: Expression): boolean =>
    expression.kind === 'literal' || (expression.kind === 'path' && isNear(expression, variable));

/** What is reached through a property that may be null is not. */
const isNear = ({ steps }: Expression & { kind: 'path' }, variable: string | undefined): boolean =>
  steps.length === 1 || (steps.length === 2 && steps[0] === variable);
