import { describeType, exampleOf } from '../edm.ts';
import type { Expression } from '../expression.ts';
import { Complaint, excerpt, type Mend } from './complaint.ts';
import { type Reader, type Term, textOf } from './reader.ts';
import { isCondition } from './typeCheck.ts';

/**
 * Checks that a term can stand as a condition.
 *
 * @param where what the term is, such as `a filter`
 * @param before the condition before it, for `healthStatus eq 'Active' or 'Inactive'`
 * @throws Complaint if it cannot
 */
export const wantCondition = (reader: Reader, term: Term, where: string, before?: Term): void => {
  if (isCondition(term.type)) return;
  const said = excerpt(textOf(reader, term));
  const mend = term.expression.kind === 'path' ? comparedWithExample(term) : comparedAsBefore(term, before);
  throw new Complaint(term.from, `${where} must be a condition, but ${said} is ${describeType(term.type)}`, mend);
};

const comparedWithExample = ({ type, to }: Term): Mend | undefined => {
  const example = type.kind === 'scalar' ? exampleOf(type) : undefined;
  return example === undefined ? undefined : { from: to, to, put: ` eq ${example}` };
};

/** A literal that was meant to be compared with the same property as the one before. */
const comparedAsBefore = ({ expression, from }: Term, before: Term | undefined): Mend | undefined => {
  const last = before && lastOf(before.expression);
  if (expression.kind !== 'literal' || last?.kind !== 'comparison' || last.left.kind !== 'path') return undefined;
  return { from, to: from, put: `${last.left.steps.join('/')} ${last.operator} ` };
};

const lastOf = (expression: Expression): Expression | undefined =>
  expression.kind === 'and' || expression.kind === 'or' ? expression.operands.at(-1) : expression;
