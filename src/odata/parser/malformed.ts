import { dateTicks, instantTicks } from '../instant.ts';
import { bareLiteral } from '../literal.ts';
import { Complaint, excerpt, type Mend } from './complaint.ts';
import { infixOperators } from './operators.ts';
import type { Token } from './tokens.ts';

/** Says what is wrong with something that begins like a literal and is none. @throws Complaint always */
export const complainOfMalformed = (token: Token): never => {
  const quote = token.text.indexOf("'");
  if (quote > 0) complainOfTyped(token, token.text.slice(0, quote), token.text.slice(quote + 1, -1));
  if (/^\d{4}-\d/.test(token.text)) complainOfDate(token);
  const hexadecimal = /^0x[0-9a-f]{1,12}$/i.test(token.text);
  const message = `'${excerpt(token.text)}' is neither a number nor a date nor a GUID; text stands in single quotes`;
  throw new Complaint(token.from, message, hexadecimal ? whole(token, `${Number(token.text)}`) : undefined);
};

/** Says why an unquoted date is none. @throws Complaint always */
const complainOfDate = (token: Token): never => {
  const said = `'${excerpt(token.text)}'`;
  const day = token.text.slice(0, 10);
  if (/^\d{4}-\d\d-\d\d$/.test(day) && dateTicks(day) === undefined)
    throw new Complaint(token.from, `${said} is no day of the calendar`);
  if (instantTicks(`${token.text}Z`) !== undefined)
    throw new Complaint(token.from, `${said} needs an offset from UTC, such as Z`, whole(token, `${token.text}Z`));
  const upper = token.text.toUpperCase();
  const mend = instantTicks(upper) === undefined ? undefined : whole(token, upper);
  throw new Complaint(token.from, `${said} is not a date; dates are written 2018-08-01T00:00:00Z or 2018-08-01`, mend);
};

const complainOfTyped = (token: Token, prefix: string, value: string): never => {
  const operator = infixOperators.find((known) => known === prefix.toLowerCase());
  const blank = { from: token.from + prefix.length, to: token.from + prefix.length, put: ' ' };
  if (operator) throw new Complaint(blank.from, `a blank is missing behind '${prefix}'`, blank);
  if (prefix === 'duration')
    throw new Complaint(token.from, `'${excerpt(value)}' is not a duration; a day and a half is duration'P1DT12H'`);
  const bare = bareLiteral(value) ?? bareLiteral(`${value}Z`);
  const mend = bare && whole(token, bare.text);
  throw new Complaint(token.from, `OData 4 has no ${excerpt(prefix)}'...'; the value stands without it`, mend);
};

const whole = (token: Token, put: string): Mend => ({ from: token.from, to: token.to, put });
