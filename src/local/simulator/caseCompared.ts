/**
 * A filter for a service that tells letters' case apart. Our own evaluation does not, so what compares a property with
 * a text is settled here for the one row, and the rest is left to it. Inside `any` and `all` case does not count.
 */
import { evaluateFilter, valueAt } from '../../odata/evaluate.ts';
import type { Expression, Literal } from '../../odata/expression.ts';

type Row = Readonly<Record<string, unknown>>;

/** Whether a row is in the filter's answer, texts being equal only to the letter. */
export const matchesCase = (filter: Expression, row: Row): boolean => evaluateFilter(settled(filter, row), row);

const settled = (node: Expression, row: Row): Expression => {
  if (node.kind === 'or' || node.kind === 'and')
    return { ...node, operands: node.operands.map((operand) => settled(operand, row)) };
  if (node.kind === 'not') return { ...node, operand: settled(node.operand, row) };
  const holds = comparison(node, row);
  return holds === undefined ? node : { kind: 'literal', type: 'boolean', text: `${holds}`, value: holds };
};

/** What a comparison of a property with texts comes to; undefined for everything else. */
const comparison = (node: Expression, row: Row): boolean | undefined => {
  switch (node.kind) {
    case 'comparison':
      return equality(node, textAt(node.left, row) ?? textAt(node.right, row), textOf(node.right) ?? textOf(node.left));
    case 'in':
      return among(textAt(node.operand, row), 'kind' in node.members ? [] : node.members);
    case 'call':
      return searches[node.name]?.(textAt(node.parameters[0], row), textOf(node.parameters[1]));
    default:
      return undefined;
  }
};

type Comparison = Extract<Expression, { kind: 'comparison' }>;

const equality = ({ operator }: Comparison, text: string | undefined, wanted: string | undefined) => {
  if (text === undefined || wanted === undefined || (operator !== 'eq' && operator !== 'ne')) return undefined;
  return (text === wanted) === (operator === 'eq');
};

const among = (text: string | undefined, members: readonly Literal[]) =>
  text === undefined ? undefined : members.some((member) => textOf(member) === text);

type Search = (text: string | undefined, part: string | undefined) => boolean | undefined;

const search =
  (holds: (text: string, part: string) => boolean): Search =>
  (text, part) =>
    text === undefined || part === undefined ? undefined : holds(text, part);

const searches: Readonly<Record<string, Search>> = {
  startswith: search((text, part) => text.startsWith(part)),
  endswith: search((text, part) => text.endsWith(part)),
  contains: search((text, part) => text.includes(part)),
};

/** A row's text under a path. */
const textAt = (node: Expression | undefined, row: Row): string | undefined => {
  const value = node?.kind === 'path' ? valueAt(node.steps, row) : undefined;
  return typeof value === 'string' ? value : undefined;
};

/** A literal's text. */
const textOf = (node: Expression | undefined): string | undefined =>
  node?.kind === 'literal' && node.type === 'string' ? node.value : undefined;
