import { edmType, scalar } from '../edm.ts';
import type { Expression } from '../expression.ts';
import { Complaint } from './complaint.ts';
import { isMark, peek, type Reader, type Term, take, tookMark } from './reader.ts';
import type { Token } from './tokens.ts';

/** Reads the parameters of `cast` and `isof`: a value, which may be left out, and a type's name, bare or quoted. */
export const readCast = (reader: Reader, name: Token): Term => {
  take(reader);
  const alone = isTypeName(peek(reader)) && isMark(peek(reader, 1), ')');
  const value = alone ? undefined : reader.expression(reader);
  if (value && !tookMark(reader, ',')) complainOfType(name, peek(reader));
  const type = take(reader);
  if (!isTypeName(type)) complainOfType(name, type);
  const close = take(reader);
  if (!isMark(close, ')')) throw new Complaint(close.from, `the ')' that ends ${name.text} is missing`);
  const typeName: Expression = { kind: 'typeName', text: type.text };
  const parameters = value ? [value.expression, typeName] : [typeName];
  const result = name.text === 'isof' ? scalar('boolean') : edmType(type.text.replaceAll("'", ''));
  return { expression: { kind: 'call', name: name.text, parameters }, type: result, from: name.from, to: close.to };
};

const isTypeName = ({ kind, text, literal }: Token): boolean =>
  (kind === 'word' && text.includes('.')) || (literal?.type === 'string' && text.startsWith("'"));

const complainOfType = (name: Token, token: Token): never => {
  throw new Complaint(token.from, `${name.text} takes a value and a type, such as ${name.text}(osBuild, Edm.String)`);
};
