import { describeType, type ScalarName, scalar } from '../edm.ts';
import { quoted } from '../literal.ts';
import { nearest } from '../nearest.ts';
import { Complaint, excerpt, type Mend } from './complaint.ts';
import { functionFor, functions } from './functions.ts';
import { complainOfName, resolve } from './names.ts';
import { infixOperators } from './operators.ts';
import { isMark, peek, type Reader, type Term, take, textOf, tookMark } from './reader.ts';
import type { Token } from './tokens.ts';

/** Says why a word before a parenthesis is no function. @throws Complaint always */
export const complainOfCall = (reader: Reader, name: Token): never => {
  const said = `'${excerpt(name.text)}'`;
  const lower = name.text.toLowerCase();
  if (lower === 'not' || infixOperators.includes(name.text)) return complainOfName(reader, name);
  if (lower === 'any' || lower === 'all')
    throw new Complaint(name.from, `${said} stands behind a list: machineTags/${lower}(t: t eq 'text')`);
  const cased = [...functions.keys(), 'cast', 'isof'].find((known) => known.toLowerCase() === lower);
  if (cased) throw new Complaint(name.from, `${said} is not a function; write ${cased}`, renamed(name, cased));
  if (lower === 'substringof') complainOfSubstringOf(reader, name);
  if (resolve(reader, name.text)) throw new Complaint(name.from, `${said} is a property, not a function`);
  const near = functionFor(name.text) ?? nearest(name.text, functions.keys());
  if (near !== undefined) throw new Complaint(name.from, `${said} is not a function`, renamed(name, near));
  throw new Complaint(name.from, `${said} is not a function; there are ${[...functions.keys()].join(', ')}`);
};

/**
 * Says that a function takes no such parameter. The reader stands behind the call, so that
 * `contains(machineTags, 'x')` can be turned into a question to each tag.
 *
 * @throws Complaint always
 */
export const complainOfParameter = (reader: Reader, name: Token, parameter: Term, wanted: ScalarName): never => {
  const written = textOf(reader, parameter);
  const end = peek(reader, -1).to;
  const rest = reader.filter.slice(parameter.to, end);
  const asked = { from: name.from, to: end, put: `${written}/any(t: ${name.text}(t${rest})` };
  const inQuotes = { from: parameter.from, to: parameter.to, put: quoted(written) };
  const isLiteral = wanted === 'string' && parameter.expression.kind === 'literal';
  const mend = parameter.type.kind === 'collection' ? asked : isLiteral ? inQuotes : undefined;
  const kinds = `${describeType(scalar(wanted))}, but ${excerpt(written)} is ${describeType(parameter.type)}`;
  throw new Complaint(parameter.from, `${name.text} takes ${kinds}`, mend);
};

/** OData 3 had the part first and the text second. */
const complainOfSubstringOf = (reader: Reader, name: Token): never => {
  const message = "'substringof' is not a function of OData 4; write contains(text, part)";
  take(reader);
  const part = reader.expression(reader);
  if (!tookMark(reader, ',')) throw new Complaint(name.from, message);
  const text = reader.expression(reader);
  const put = `contains(${textOf(reader, text)}, ${textOf(reader, part)})`;
  const mend = isMark(peek(reader), ')') ? { from: name.from, to: peek(reader).to, put } : undefined;
  throw new Complaint(name.from, message, mend);
};

const renamed = ({ from, to }: Token, put: string): Mend => ({ from, to, put });
