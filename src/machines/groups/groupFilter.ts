import { type Question, withOptions } from '../../defender/question.ts';
import { type Expression, joined, type Literal, type Path } from '../../odata/expression.ts';

/** Comparisons are what everybody sends; so many are 39 nodes, of the 100 that Microsoft's libraries take in a filter unless told otherwise. */
const mostComparisons = 10;

/** The question for the machines of these groups alone: they come first, so that the rest is a matter of theirs. @param groups at least one */
export const askedInGroups = (question: Question, groups: ReadonlySet<number>): Question => {
  const { filter } = question.options;
  const inGroups = groupFilter(groups);
  const parts = filter ? [inGroups, filter] : [inGroups];
  return withOptions(question, { ...question.options, filter: joined('and', parts) });
};

const groupFilter = (groups: ReadonlySet<number>): Expression => {
  const literals = inOrder(groups).map(literalOf);
  if (literals.length === 0) throw new Error('a caller bound to no group at all has nothing to ask');
  if (literals.length > mostComparisons) return { kind: 'in', operand: group, members: literals };
  return joined(
    'or',
    literals.map((right) => ({ kind: 'comparison', operator: 'eq', left: group, right })),
  );
};

/** One order, so that callers of the same groups ask one question. */
export const inOrder = (groups: ReadonlySet<number>): readonly number[] => [...groups].sort((a, b) => a - b);

const group: Path = { kind: 'path', steps: ['rbacGroupId'] };

const literalOf = (id: number): Literal => ({ kind: 'literal', type: 'number', text: `${id}`, value: BigInt(id) });
