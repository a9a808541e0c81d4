import { describeType, type Type } from '../edm.ts';
import { bareLiteral, quoted } from '../literal.ts';
import { Complaint, excerpt, type Mend } from './complaint.ts';
import type { Reader, Term } from './reader.ts';
import { textOf } from './reader.ts';
import { comparable, isOneOf } from './typeCheck.ts';

/** Says that two values are not of one type, and how the literal among them would be. @throws Complaint always */
export const complainOfMismatch = (reader: Reader, operator: string, left: Term, right: Term): never => {
  const literal = left.expression.kind === 'literal' ? left : right;
  const other = literal === left ? right : left;
  if (other.type.kind === 'collection') complainOfList(reader, operator, other, literal);
  if (other.type.kind === 'complex') complainOfGroup(reader, other, other.type.properties);
  const sides = [left, right].map((term) => `${excerpt(textOf(reader, term))} is ${describeType(term.type)}`);
  const { hint, put } = fitting(textOf(reader, literal), other.type, literal);
  const mend = put === undefined ? undefined : { from: literal.from, to: literal.to, put };
  throw new Complaint(literal.from, `${sides.join(' and ')}${hint}`, mend);
};

interface Fitting {
  readonly hint: string;
  readonly put?: string;
}

/** The literal as the other side's type would have it written. */
const fitting = (text: string, wanted: Type, literal: Term): Fitting => {
  if (literal.expression.kind !== 'literal') return { hint: '; only values of one type can be compared' };
  if (isOneOf(wanted, ['string'])) return { hint: '; text stands in single quotes', put: quoted(text) };
  if (isOneOf(wanted, ['boolean']) && (text === '0' || text === '1'))
    return { hint: '; write true or false', put: text === '1' ? 'true' : 'false' };
  const inner = typeof literal.expression.value === 'string' ? literal.expression.value : text;
  const bare = [inner, `${inner}Z`, inner.toLowerCase()].map(bareLiteral).find((found) => found !== undefined);
  if (bare === undefined || !comparable(wanted, { kind: 'scalar', name: bare.type }))
    return { hint: '; only values of one type can be compared' };
  return { hint: `; ${describeType(wanted)} stands without quotes`, put: bare.text };
};

const complainOfList = (reader: Reader, operator: string, list: Term, value: Term): never => {
  const name = textOf(reader, list);
  const literal =
    value.expression.kind === 'literal' && list.type.kind === 'collection' && list.type.of.kind === 'scalar';
  const quantifier = operator === 'ne' ? 'all' : 'any';
  const put = `${name}/${quantifier}(t: t ${operator} ${textOf(reader, value)})`;
  const mend: Mend | undefined = literal && operator !== 'in' ? { from: list.from, to: value.to, put } : undefined;
  throw new Complaint(list.from, `${name} is a list; ask of its elements with any or all`, mend);
};

const complainOfGroup = (reader: Reader, group: Term, parts: Readonly<Record<string, Type>>): never => {
  const name = textOf(reader, group);
  const paths = Object.keys(parts).map((part) => `${name}/${part}`);
  throw new Complaint(group.from, `${name} is a group of properties; compare one of ${paths.join(', ')}`);
};
