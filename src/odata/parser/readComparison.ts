import { scalar } from '../edm.ts';
import type { ComparisonOperator, Expression } from '../expression.ts';
import { Complaint } from './complaint.ts';
import { complainOfMismatch } from './mismatch.ts';
import { wantOperator } from './operatorFaults.ts';
import { comparisonOperators } from './operators.ts';
import { readSum } from './readArithmetic.ts';
import { isWord, mostDepth, peek, type Reader, type Term, take } from './reader.ts';
import { readMembers } from './readMembers.ts';
import { comparable } from './typeCheck.ts';
import { wantValue } from './valueFaults.ts';

/**
 * Reads a comparison, or what stands without one. A chain groups to the left, as in
 * `isAadJoined eq true eq false`.
 *
 * @throws Complaint also if no operator that can follow comes next
 */
export const readComparison = (reader: Reader): Term => {
  let left = readSum(reader);
  for (let links = 0; isComparison(reader); links++) {
    if (links > mostDepth) throw new Complaint(peek(reader).from, `more than ${mostDepth} comparisons in one chain`);
    left = isWord(peek(reader), 'in') ? readIn(reader, left) : readCompared(reader, left);
  }
  wantOperator(reader, left);
  return left;
};

const isComparison = (reader: Reader): boolean => isWord(peek(reader), ...comparisonOperators, 'in');

const readCompared = (reader: Reader, left: Term): Term => {
  const token = take(reader);
  const operator = comparisonOperators.find((known) => known === token.text) ?? 'eq';
  wantValue(reader, left.type);
  const right = readSum(reader);
  if (!comparable(left.type, right.type)) complainOfMismatch(reader, operator, left, right);
  return condition(left, right.to, compared(operator, left, right));
};

const readIn = (reader: Reader, left: Term): Term => {
  take(reader);
  const { members, to } = readMembers(reader, left);
  return condition(left, to, { kind: 'in', operand: left.expression, members });
};

const compared = (operator: ComparisonOperator, left: Term, right: Term): Expression => ({
  kind: 'comparison',
  operator,
  left: left.expression,
  right: right.expression,
});

const condition = (left: Term, to: number, expression: Expression): Term => ({
  expression,
  type: scalar('boolean'),
  from: left.from,
  to,
});
