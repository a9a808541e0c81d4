import { describeType, exampleOf, type Type } from '../edm.ts';
import { quoted } from '../literal.ts';
import { nearest } from '../nearest.ts';
import { Complaint, excerpt } from './complaint.ts';
import { complainOfMalformed } from './malformed.ts';
import { complainOfName, resolve } from './names.ts';
import { infixOperators } from './operators.ts';
import { isMark, isWord, peek, type Reader } from './reader.ts';
import type { Token } from './tokens.ts';
import { isOneOf } from './typeCheck.ts';
import { complainOfUnclosed } from './unclosed.ts';

/** Checks that what comes next can be a value to set against `wanted`. @throws Complaint if it evidently is none */
export const wantValue = (reader: Reader, wanted: Type): void => {
  const token = peek(reader);
  if (token.kind === 'end' || isMark(token, ')') || isMark(token, ',')) complainOfMissing(reader, wanted);
  const unknown = token.kind === 'word' && !isMark(peek(reader, 1), '(') && !resolve(reader, token.text);
  if (token.kind !== 'malformed' && !unknown) return;
  const keyword = ['not', 'true', 'false', 'null', ...infixOperators].includes(token.text.toLowerCase());
  const typed = token.kind === 'malformed' && token.text.includes("'");
  if (!keyword && !typed && !token.text.startsWith('@')) complainOfWord(reader, wanted);
};

/** Says why what comes next is no operand of any kind. @throws Complaint always */
export const complainOfOperand = (reader: Reader): never => {
  const token = peek(reader);
  if (token.kind === 'end' || isMark(token, ')') || isMark(token, ',')) complainOfMissing(reader);
  if (token.kind === 'unclosed') complainOfUnclosed(reader, token);
  if (token.kind === 'malformed') complainOfMalformed(token);
  if (token.kind === 'doubleQuoted') complainOfDoubleQuotes(token);
  if (token.kind === 'word') complainOfName(reader, token);
  const instead = isMark(token, '!') ? 'not ' : isMark(token, '+') ? '' : undefined;
  const message = `'${token.text}' cannot stand here; a property, a value or a condition can`;
  if (instead === undefined) throw new Complaint(token.from, message);
  throw new Complaint(token.from, message, { from: token.from, to: token.to, put: instead });
};

const complainOfMissing = (reader: Reader, wanted?: Type): never => {
  const [before, token] = [peek(reader, -1), peek(reader)];
  const example = wanted && exampleOf(wanted);
  if (reader.place.at === 0 && token.kind === 'end') throw new Complaint(0, 'the filter is empty');
  const where = token.kind === 'end' ? `behind '${excerpt(before.text)}'` : `before '${token.text}'`;
  const dangling = token.kind === 'end' && isWord(before, 'and', 'or');
  const unneeded = dangling ? { from: peek(reader, -2).to, to: token.to, put: '' } : undefined;
  const mend = example === undefined ? unneeded : { from: before.to, to: token.from, put: ` ${example}` };
  const what = wanted ? 'a value' : 'a property, a value or a condition';
  throw new Complaint(token.from, `${what} is missing ${where}`, mend);
};

const complainOfDoubleQuotes = (token: Token): never => {
  const put = quoted(token.text.slice(1, -1));
  const message = `${excerpt(token.text)} stands in double quotes; text stands in single quotes`;
  throw new Complaint(token.from, message, { from: token.from, to: token.to, put });
};

/** An unquoted word, or several, where a value should be. */
const complainOfWord = (reader: Reader, wanted: Type): never => {
  const { from } = peek(reader);
  const to = endOfWords(reader);
  const words = reader.filter.slice(from, to);
  const said = `${excerpt(words)} is neither a property nor a value`;
  if (isOneOf(wanted, ['string']))
    throw new Complaint(from, `${said}; text stands in single quotes`, { from, to, put: quoted(words) });
  if (peek(reader).kind === 'malformed') complainOfMalformed(peek(reader));
  const example = exampleOf(wanted);
  const near = nearest(words, Object.keys(reader.entity.properties));
  const message = `${said}; here stands ${describeType(wanted)}${example ? `, such as ${example}` : ''}`;
  throw new Complaint(from, message, near === undefined ? undefined : { from, to, put: near });
};

const endOfWords = (reader: Reader): number => {
  let ahead = 1;
  while (continuesWords(peek(reader, ahead))) ahead += 1;
  return peek(reader, ahead - 1).to;
};

const continuesWords = (token: Token): boolean => {
  if (token.kind === 'mark') return !['(', ')', ','].includes(token.text);
  if (token.kind === 'word') return !['and', 'or'].includes(token.text.toLowerCase());
  return (
    (token.kind === 'literal' && !token.text.includes("'")) || (token.kind === 'malformed' && !token.text.includes("'"))
  );
};
