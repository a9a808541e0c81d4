import { nearest } from '../nearest.ts';
import { Complaint, excerpt, type Mend } from './complaint.ts';
import { functionFor, functions } from './functions.ts';
import { complainOfMalformed } from './malformed.ts';
import { infixOperators, operatorFor } from './operators.ts';
import { isMark, isWord, peek, type Reader, type Term, textOf } from './reader.ts';
import type { Token } from './tokens.ts';
import { isCondition } from './typeCheck.ts';
import { complainOfUnclosed, connective, swallowsComparison } from './unclosed.ts';

/** Checks that what follows an operand can follow one. @throws Complaint if it cannot */
export const wantOperator = (reader: Reader, left: Term): void => {
  const token = peek(reader);
  if (token.kind === 'end' || isWord(token, 'and', 'or') || isMark(token, ')') || isMark(token, ',')) return;
  complainOfQuote(reader, token);
  if (token.kind === 'unclosed') complainOfUnclosed(reader, token);
  complainOfOperator(reader, token);
  complainOfFunction(reader, left, token);
  if (token.kind === 'malformed') complainOfMalformed(token);
  complainOfMissing(reader, left, token);
};

/** `'O'Brien'`: a text, and without a blank another word. */
const complainOfQuote = (reader: Reader, token: Token): void => {
  const before = peek(reader, -1);
  if (before.literal?.type !== 'string' || before.to !== token.from) return;
  const prefix = token.text.split("'")[0] ?? '';
  if (token.kind === 'mark' || infixOperators.includes(prefix.toLowerCase())) return;
  const end = swallowsComparison(before) ? connective(before.text) : undefined;
  if (end === undefined) {
    const inside = { from: before.to, to: before.to, put: "'" };
    throw new Complaint(before.to - 1, 'a single quote inside a text is written twice', inside);
  }
  const missing = { from: before.from + end, to: before.from + end, put: "'" };
  throw new Complaint(before.from, 'the quote that opens here is never closed', missing);
};

/** An operator in capitals, or of another language, or nearly one. */
const complainOfOperator = (reader: Reader, token: Token): void => {
  const lower = token.text.toLowerCase();
  if (token.kind === 'word' && infixOperators.includes(lower))
    throw new Complaint(
      token.from,
      `'${token.text}' is not an operator; operators are lower case`,
      replaced(reader, token, lower),
    );
  const meant = operatorFor(token.text);
  if (meant === undefined) return;
  throw new Complaint(token.from, `'${token.text}' is not an operator; write ${meant}`, replaced(reader, token, meant));
};

/** `computerDnsName contains 'srv'`: a function between its parameters. */
const complainOfFunction = (reader: Reader, left: Term, token: Token): void => {
  const lower = token.text.toLowerCase();
  const name = functions.get(lower)?.gives === 'boolean' ? lower : functionFor(lower);
  const next = peek(reader, 1);
  if (token.kind !== 'word' || (name === undefined && lower !== 'like')) return;
  const call = `${name ?? 'contains'}(${textOf(reader, left)}, ${next.text})`;
  const mend = next.literal?.type === 'string' ? { from: left.from, to: next.to, put: call } : undefined;
  throw new Complaint(token.from, `'${token.text}' is not an operator; write ${name ?? 'contains'}(text, part)`, mend);
};

const complainOfMissing = (reader: Reader, left: Term, token: Token): never => {
  const near = token.kind === 'word' && !isCondition(left.type) ? nearest(token.text, infixOperators) : undefined;
  if (near) throw new Complaint(token.from, `'${token.text}' is not an operator`, replaced(reader, token, near));
  if (token.kind === 'mark' && token.text !== '(')
    throw new Complaint(token.from, `'${token.text}' cannot stand here; an operator, such as eq or and, can`);
  const said = excerpt(token.text);
  if (isCondition(left.type))
    throw new Complaint(token.from, `'and' or 'or' is missing before ${said}`, inserted(token, 'and '));
  const mend = token.kind === 'literal' ? inserted(token, 'eq ') : undefined;
  throw new Complaint(token.from, `an operator is missing between ${excerpt(textOf(reader, left))} and ${said}`, mend);
};

const inserted = (token: Token, put: string): Mend => ({ from: token.from, to: token.from, put });

/** Puts an operator in a token's place, with the blanks that it needs. */
const replaced = (reader: Reader, { from, to }: Token, operator: string): Mend => {
  const before = /\s/.test(reader.filter.charAt(from - 1)) ? '' : ' ';
  const behind = /\s/.test(reader.filter.charAt(to)) ? '' : ' ';
  return { from, to, put: `${before}${operator}${behind}` };
};
