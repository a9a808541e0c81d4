import { scalar } from '../edm.ts';
import type { Literal } from '../expression.ts';
import { Complaint } from './complaint.ts';
import { readCall } from './readCall.ts';
import { deeper, isMark, peek, type Reader, type Term, take } from './reader.ts';
import { readPath } from './readPath.ts';
import { complainOfOperand } from './valueFaults.ts';

/** Reads what operators stand between: a literal, a property, a call, or anything in parentheses. */
export const readOperand = (reader: Reader): Term => {
  const token = peek(reader);
  if (token.kind === 'literal' && token.literal) return literalTerm(take(reader), token.literal);
  if (isMark(token, '(')) return deeper(reader, () => readParentheses(reader));
  if (token.kind !== 'word') return complainOfOperand(reader);
  return isMark(peek(reader, 1), '(') ? deeper(reader, () => readCall(reader)) : readPath(reader);
};

/** A literal where it stands. */
export const literalTerm = ({ from, to }: { from: number; to: number }, literal: Literal): Term => ({
  expression: literal,
  type: scalar(literal.type),
  from,
  to,
});

const readParentheses = (reader: Reader): Term => {
  const open = take(reader);
  const inner = reader.expression(reader);
  const close = take(reader);
  if (isMark(close, ')')) return { ...inner, from: open.from, to: close.to };
  if (close.kind !== 'end') throw new Complaint(close.from, `'${close.text}' cannot stand here; '(' ends with ')'`);
  throw new Complaint(open.from, "'(' is never closed", { from: close.from, to: close.from, put: ')' });
};
