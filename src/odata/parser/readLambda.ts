import { describeType, scalar, type Type } from '../edm.ts';
import type { Expression, Path } from '../expression.ts';
import { Complaint, excerpt } from './complaint.ts';
import { deeper, isMark, peek, type Reader, type Term, take, textOf, tookMark } from './reader.ts';
import type { Token } from './tokens.ts';
import { isCondition } from './typeCheck.ts';

/**
 * Reads the parentheses of `machineTags/any(t: t eq 'x')`. The variable may have any name that is not one already;
 * `any()` asks whether there is an element, `all()` asks nothing and is refused.
 */
export const readLambda = (reader: Reader, word: Token, of: Path, element: Type): Term => {
  take(reader);
  const quantifier = word.text === 'all' ? 'all' : 'any';
  const first = peek(reader);
  if (quantifier === 'any' && tookMark(reader, ')')) return lambda(word, first, { kind: 'lambda', quantifier, of });
  const variable = readVariable(reader, quantifier);
  const inner = { ...reader, variables: new Map([...reader.variables, [variable, element]]) };
  const body = deeper(reader, () => reader.expression(inner));
  if (!isCondition(body.type))
    throw new Complaint(
      body.from,
      `'${quantifier}' takes a condition, but ${excerpt(textOf(reader, body))} is ${describeType(body.type)}`,
    );
  const close = take(reader);
  if (isMark(close, ')'))
    return lambda(word, close, { kind: 'lambda', quantifier, of, each: { variable, body: body.expression } });
  const mend = close.kind === 'end' ? { from: close.from, to: close.from, put: ')' } : undefined;
  throw new Complaint(close.from, `the ')' that ends '${quantifier}' is missing`, mend);
};

const lambda = (from: Token, close: Token, expression: Expression): Term => ({
  expression,
  type: scalar('boolean'),
  from: from.from,
  to: close.to,
});

const readVariable = (reader: Reader, quantifier: string): string => {
  const [token, colon] = [peek(reader), peek(reader, 1)];
  if (reader.variables.has(token.text)) throw new Complaint(token.from, `'${token.text}' is a variable already`);
  if (token.kind === 'word' && isMark(colon, ':')) {
    take(reader);
    take(reader);
    return token.text;
  }
  const put = token.kind === 'word' ? `${token.text}: ` : 't: t eq ';
  const mend = token.kind === 'word' || token.literal ? { from: token.from, to: token.from, put } : undefined;
  throw new Complaint(token.from, `'${quantifier}' begins with a variable, such as t: t eq 'text'`, mend);
};
