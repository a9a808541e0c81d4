import { describeType, exampleOf } from '../edm.ts';
import type { Literal, Path } from '../expression.ts';
import { Complaint, excerpt, type Mend } from './complaint.ts';
import { complainOfMismatch } from './mismatch.ts';
import { isMark, peek, type Reader, type Term, take, tookMark } from './reader.ts';
import { literalTerm } from './readOperand.ts';
import { readPath } from './readPath.ts';
import type { Token } from './tokens.ts';
import { comparable } from './typeCheck.ts';
import { complainOfOperand, wantValue } from './valueFaults.ts';

interface Members {
  readonly members: readonly Literal[] | Path;
  readonly to: number;
}

/** Reads what stands behind `in`: literals in parentheses, quoted singly or doubly, or a property that is a list. */
export const readMembers = (reader: Reader, left: Term): Members => {
  const open = peek(reader);
  if (!tookMark(reader, '(')) return readListProperty(reader, left);
  if (isMark(peek(reader), ')')) complainOfEmptyList(peek(reader), left);
  const members = [readMember(reader, left)];
  while (tookMark(reader, ',')) {
    refuseLastComma(reader);
    members.push(readMember(reader, left));
  }
  const close = take(reader);
  if (isMark(close, ')')) return { members, to: close.to };
  if (close.kind === 'end') throw new Complaint(open.from, "'(' is never closed", put(close, ')'));
  return complainOfSeparator(close, peek(reader, -2));
};

const readMember = (reader: Reader, left: Term): Literal => {
  const token = peek(reader);
  if (token.literal === undefined) {
    wantValue(reader, left.type);
    return complainOfMember(reader, token);
  }
  take(reader);
  const member = literalTerm(token, token.literal);
  if (!comparable(left.type, member.type)) complainOfMismatch(reader, 'in', left, member);
  return token.literal;
};

const readListProperty = (reader: Reader, left: Term): Members => {
  const token = peek(reader);
  if (token.kind !== 'word') return complainOfParentheses(token);
  wantValue(reader, left.type);
  const list = readPath(reader);
  if (list.type.kind !== 'collection' || list.expression.kind !== 'path') return complainOfParentheses(token);
  if (!comparable(left.type, list.type.of)) complainOfMismatch(reader, 'in', left, { ...list, type: list.type.of });
  return { members: list.expression, to: list.to };
};

const refuseLastComma = (reader: Reader): void => {
  const [comma, token] = [peek(reader, -1), peek(reader)];
  if (!isMark(token, ')')) return;
  throw new Complaint(comma.from, "a list does not end with ','", { from: comma.from, to: comma.to, put: '' });
};

const complainOfSeparator = (token: Token, before: Token): never => {
  const message = token.literal
    ? 'a comma is missing between the values of a list'
    : `'${excerpt(token.text)}' cannot stand here; a list goes on with ',' or ends with ')'`;
  const comma = { from: before.to, to: before.to, put: ',' };
  const parenthesis = { from: token.from, to: token.to, put: ')' };
  throw new Complaint(token.from, message, token.literal ? comma : isMark(token, ']') ? parenthesis : undefined);
};

const complainOfMember = (reader: Reader, token: Token): never => {
  if (token.kind !== 'word' && !isMark(token, '(')) complainOfOperand(reader);
  throw new Complaint(token.from, `'${token.text}' cannot stand here; a list holds values, not properties`);
};

const complainOfParentheses = (token: Token): never => {
  const whole = { from: token.from, to: token.to };
  const bracket = isMark(token, '[') ? { ...whole, put: '(' } : undefined;
  const mend = token.literal ? { ...whole, put: `(${token.text})` } : bracket;
  throw new Complaint(token.from, "the values after 'in' stand in parentheses, such as ('a', 'b')", mend);
};

const complainOfEmptyList = (close: Token, left: Term): never => {
  const example = exampleOf(left.type) ?? "'text'";
  const message = `the list after 'in' is empty; it holds at least one value, here ${describeType(left.type)}`;
  throw new Complaint(close.from, message, put(close, example));
};

const put = ({ from }: Token, text: string): Mend => ({ from, to: from, put: text });
