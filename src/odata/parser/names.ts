import { type ComplexType, findProperty, type Type } from '../edm.ts';
import { nearest } from '../nearest.ts';
import { Complaint, excerpt } from './complaint.ts';
import { infixOperators } from './operators.ts';
import { isMark, isWord, peek, type Reader } from './reader.ts';
import type { Token } from './tokens.ts';

/** What a first name means here: a lambda's variable, the entity itself (`$it`), or one of its properties. */
export const resolve = (reader: Reader, name: string): readonly [string, Type] | undefined => {
  const variable = reader.variables.get(name);
  if (variable) return [name, variable];
  return name === '$it' ? [name, reader.entity] : findProperty(reader.entity, name);
};

/** Says why a word at the place of a property or value is neither. @throws Complaint always */
export const complainOfName = (reader: Reader, token: Token): never => {
  if (infixOperators.includes(token.text)) complainOfOperatorFirst(reader, token);
  const lower = token.text.toLowerCase();
  const whole = { from: token.from, to: token.to };
  if (token.text !== lower && ['not', 'true', 'false', 'null'].includes(lower))
    throw new Complaint(token.from, `'${token.text}' is written in lower case`, { ...whole, put: lower });
  if (token.text.startsWith('@'))
    throw new Complaint(token.from, `'${excerpt(token.text)}' is an alias; write the value itself`);
  if (reader.variables.size === 0) complainOfProperty(reader.entity, token);
  const variables = [...reader.variables.keys()];
  const near = nearest(token.text, Object.keys(reader.entity.properties)) ?? variables.at(-1);
  const message = `'${excerpt(token.text)}' is neither the variable '${variables.join("' or '")}' nor a property of a ${reader.entity.name}`;
  throw new Complaint(token.from, message, near === undefined ? undefined : { ...whole, put: near });
};

/** Says that a type has no such property, and which it has. @throws Complaint always */
export const complainOfProperty = (type: ComplexType, token: Token): never => {
  const near = nearest(token.text, Object.keys(type.properties));
  const message = `'${excerpt(token.text)}' is not a property of a ${type.name}`;
  if (near !== undefined) throw new Complaint(token.from, message, { from: token.from, to: token.to, put: near });
  throw new Complaint(token.from, `${message}; there are ${(type.listed ?? Object.keys(type.properties)).join(', ')}`);
};

const complainOfOperatorFirst = (reader: Reader, token: Token): never => {
  const before = peek(reader, -1);
  const connects = before.kind === 'end' || isMark(before, '(') || isWord(before, 'and', 'or');
  const mend =
    connects && isWord(token, 'and', 'or') ? { from: token.from, to: peek(reader, 1).from, put: '' } : undefined;
  throw new Complaint(token.from, `a property or a value is missing before '${token.text}'`, mend);
};
