import { type CollectionType, describeType, findProperty, scalar, type Type } from '../edm.ts';
import type { Path } from '../expression.ts';
import { Complaint, excerpt, type Mend } from './complaint.ts';
import { complainOfName, complainOfProperty, resolve } from './names.ts';
import { comparisonOperators } from './operators.ts';
import { isMark, isWord, peek, type Reader, type Term, take, textOf, tookMark } from './reader.ts';
import { readLambda } from './readLambda.ts';
import type { Token } from './tokens.ts';

interface Reached {
  readonly expression: Path;
  readonly type: Type;
  readonly from: number;
  readonly to: number;
}

/** Reads a property and what is reached from it: `vmMetadata/vmId`, `machineTags/any(...)`, `machineTags/$count`. */
export const readPath = (reader: Reader): Term => {
  let reached = readStart(reader);
  while (tookMark(reader, '/')) {
    const token = peek(reader);
    if (reached.type.kind === 'collection') return readOfList(reader, reached, reached.type);
    reached = stepInto(reader, reached, token);
  }
  return reached;
};

const readStart = (reader: Reader): Reached => {
  const token = peek(reader);
  const [name, type] = resolve(reader, token.text) ?? complainOfName(reader, token);
  take(reader);
  return { expression: { kind: 'path', steps: [name] }, type, from: token.from, to: token.to };
};

const stepInto = (reader: Reader, reached: Reached, token: Token): Reached => {
  const said = excerpt(textOf(reader, reached));
  if (reached.type.kind !== 'complex')
    throw new Complaint(token.from, `nothing is reached by '/' from ${said}: it is ${describeType(reached.type)}`);
  if (token.kind !== 'word') throw new Complaint(token.from, "a property's name is missing behind '/'");
  const [name, type] = findProperty(reached.type, token.text) ?? complainOfProperty(reached.type, token);
  take(reader);
  const steps = [...reached.expression.steps, name];
  return { expression: { kind: 'path', steps }, type, from: reached.from, to: token.to };
};

const readOfList = (reader: Reader, list: Reached, type: CollectionType): Term => {
  const token = take(reader);
  const { expression: of, from } = list;
  if (isWord(token, '$count')) return { expression: { kind: 'count', of }, type: scalar('number'), from, to: token.to };
  if (isWord(token, 'any', 'all') && isMark(peek(reader), '(')) {
    const lambda = readLambda(reader, token, of, type.of);
    return { ...lambda, from };
  }
  const lower = token.text.toLowerCase();
  const said = excerpt(textOf(reader, list));
  if (isMark(peek(reader), '(') && (lower === 'any' || lower === 'all'))
    throw new Complaint(token.from, `'${token.text}' is written in lower case`, { ...token, put: lower });
  throw new Complaint(token.from, `${said} is a list; ask of its elements with any or all`, asked(reader, list, token));
};

/** `ipAddresses/ipAddress eq '10.0.0.1'` as a question to the elements, if that is what is written. */
const asked = (reader: Reader, list: Reached, part: Token): Mend | undefined => {
  const [operator, value] = [peek(reader), peek(reader, 1)];
  if (part.kind !== 'word' || !isWord(operator, ...comparisonOperators) || !value.literal) return undefined;
  const put = `${textOf(reader, list)}/any(i: i/${part.text} ${operator.text} ${value.text})`;
  return { from: list.from, to: value.to, put };
};
