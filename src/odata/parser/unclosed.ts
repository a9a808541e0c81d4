import { Complaint } from './complaint.ts';
import { comparisonOperators } from './operators.ts';
import type { Reader } from './reader.ts';
import { isMark } from './reader.ts';
import type { Token } from './tokens.ts';

/** Says where a text begins that never ends, and where its quote was probably meant. @throws Complaint always */
export const complainOfUnclosed = (reader: Reader, token: Token): never => {
  const quote = reader.filter.charAt(token.from);
  const at = probableEnd(reader, token);
  throw new Complaint(token.from, 'the quote that opens here is never closed', { from: at, to: at, put: quote });
};

/** Whether a text that was closed has swallowed `and` or `or` and a comparison, so that its own quote is missing. */
export const swallowsComparison = ({ text }: Token): boolean => {
  const last = text.slice(0, -1).trimEnd().split(' ').at(-1) ?? '';
  return connective(text) !== undefined && comparisonOperators.some((operator) => operator === last);
};

/** Where ` and ` or ` or ` begins in a text; undefined if it holds neither. */
export const connective = (text: string): number | undefined => {
  const found = [text.indexOf(' and '), text.indexOf(' or ')].filter((at) => at >= 0);
  return found.length === 0 ? undefined : Math.min(...found);
};

const probableEnd = (reader: Reader, token: Token): number => {
  const rest = token.text.trimEnd();
  const before = reader.tokens.filter(({ to }) => to <= token.from);
  const count = (mark: string): number => before.filter((each) => isMark(each, mark)).length;
  let end = connective(rest) ?? rest.length;
  for (let open = count('(') - count(')'); open > 0 && rest.charAt(end - 1) === ')'; open--) end -= 1;
  return token.from + end;
};
