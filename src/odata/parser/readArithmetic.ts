import { describeType, scalar, type Type } from '../edm.ts';
import type { ArithmeticOperator } from '../expression.ts';
import { bareLiteral } from '../literal.ts';
import { Complaint, excerpt } from './complaint.ts';
import { wantOperator } from './operatorFaults.ts';
import { additiveOperators, comparisonOperators, infixOperators, multiplicativeOperators } from './operators.ts';
import { deeper, isMark, isWord, mostDepth, peek, type Reader, type Term, take, textOf } from './reader.ts';
import { literalTerm, readOperand } from './readOperand.ts';
import type { Token } from './tokens.ts';
import { arithmeticType, isCondition, isOneOf } from './typeCheck.ts';
import { wantValue } from './valueFaults.ts';

/** Reads sums of products of what `not` and minus may stand before. Both group to the left. */
export const readSum = (reader: Reader): Term => readChain(reader, additiveOperators, readProduct);

const readProduct = (reader: Reader): Term => readChain(reader, multiplicativeOperators, readSigned);

const readChain = (
  reader: Reader,
  operators: readonly ArithmeticOperator[],
  readPart: (reader: Reader) => Term,
): Term => {
  let left = readPart(reader);
  for (let links = 1; isWord(peek(reader), ...operators); links++) {
    const token = take(reader);
    if (links > mostDepth) throw new Complaint(token.from, `more than ${mostDepth} operators stand in one chain`);
    const operator = operators.find((known) => known === token.text) ?? 'add';
    left = combined(reader, token, operator, left, readPart(reader));
  }
  return left;
};

const combined = (reader: Reader, token: Token, operator: ArithmeticOperator, left: Term, right: Term): Term => {
  const type = arithmeticType(operator, left.type, right.type);
  const sides = [left, right].map((term) => `${excerpt(textOf(reader, term))} is ${describeType(term.type)}`);
  if (type === undefined) throw new Complaint(token.from, `'${operator}' cannot be used: ${sides.join(' and ')}`);
  const expression = { kind: 'arithmetic', operator, left: left.expression, right: right.expression } as const;
  return { expression, type, from: left.from, to: right.to };
};

/** `not` and minus bind tighter than anything between two operands: `not a eq b` is `(not a) eq b`. */
const readSigned = (reader: Reader): Term => {
  const token = peek(reader);
  if (isWord(token, 'not')) return readNot(reader, take(reader));
  return isMark(token, '-') ? readMinus(reader, take(reader)) : readOperand(reader);
};

const readNot = (reader: Reader, not: Token): Term => {
  const operand = deeper(reader, () => readSigned(reader));
  if (!isCondition(operand.type)) complainOfNot(reader, not, operand);
  const expression = { kind: 'not', operand: operand.expression } as const;
  return { expression, type: scalar('boolean'), from: not.from, to: operand.to };
};

const readMinus = (reader: Reader, minus: Token): Term => {
  const next = peek(reader);
  const negative = next.literal?.type === 'number' ? bareLiteral(`-${next.text}`) : undefined;
  if (negative) return literalTerm({ from: minus.from, to: take(reader).to }, negative);
  const operand = deeper(reader, () => readSigned(reader));
  const said = excerpt(textOf(reader, operand));
  if (!isOneOf(operand.type, ['number', 'duration']))
    throw new Complaint(minus.from, `'-' takes a number, but ${said} is ${describeType(operand.type)}`);
  const expression = { kind: 'negate', operand: operand.expression } as const;
  return { expression, type: operand.type, from: minus.from, to: operand.to };
};

const complainOfNot = (reader: Reader, not: Token, operand: Term): never => {
  if (!isWord(peek(reader), ...infixOperators)) wantOperator(reader, operand);
  const to = isWord(peek(reader), ...comparisonOperators, 'in') ? endOfComparison(reader, operand.type) : undefined;
  const mend =
    to === undefined ? undefined : { from: not.to, to, put: ` (${textOf(reader, { from: operand.from, to })})` };
  const said = `${excerpt(textOf(reader, operand))} is ${describeType(operand.type)}`;
  const advice = mend ? '; the comparison stands in parentheses' : '';
  throw new Complaint(not.from, `'not' takes a condition, but ${said}${advice}`, mend);
};

/** The end of the comparison whose operator comes next, to put parentheses around it. */
const endOfComparison = (reader: Reader, compared: Type): number => {
  if (take(reader).text !== 'in') {
    wantValue(reader, compared);
    return readSum(reader).to;
  }
  let ahead = 0;
  while (peek(reader, ahead).kind !== 'end' && !isMark(peek(reader, ahead), ')')) ahead += 1;
  return peek(reader, ahead).to;
};
