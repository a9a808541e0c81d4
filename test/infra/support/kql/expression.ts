/** What an expression of a query says of a row. */
import { type Cell, callOf, compared, type Row } from './operators.ts';
import { type Token, tokensOf } from './tokens.ts';

export type Read = (row: Row) => Cell;

/** @throws Error where it says more than is understood here */
export const expressionOf = (text: string): Read => {
  const tokens = tokensOf(text);
  const read = either(tokens);
  if (tokens[0]) throw new Error(`${text}: ${tokens[0].text} is too much`);
  return read;
};

/** `name = expression`, several between commas. */
export const assignmentsOf = (text: string): readonly (readonly [name: string, read: Read])[] => {
  const tokens = tokensOf(text);
  const found: (readonly [string, Read])[] = [];
  do {
    const name = tokens.shift()?.text ?? '';
    const isGiven = is(tokens[0], '=') && tokens.shift() !== undefined;
    found.push([name, isGiven ? either(tokens) : (row) => row[name] ?? null]);
  } while (is(tokens[0], ',') && tokens.shift());
  if (tokens[0]) throw new Error(`${text}: ${tokens[0].text} is too much`);
  return found;
};

const is = (token: Token | undefined, text: string) =>
  token !== undefined && token.kind !== 'text' && token.text === text;

type Level = (tokens: Token[]) => Read;

/** Operators of one strength, from left to right. */
const level =
  (next: Level, operators: readonly string[], work: (operator: string, left: Cell, right: Cell) => Cell): Level =>
  (tokens) => {
    let left = next(tokens);
    for (;;) {
      const operator = operators.find((each) => is(tokens[0], each));
      if (operator === undefined) return left;
      tokens.shift();
      const [before, after] = [left, next(tokens)];
      left = (row) => work(operator, before(row), after(row));
    }
  };

const primary: Level = (tokens) => {
  const token = tokens.shift();
  if (!token) throw new Error('an expression ends too early');
  if (token.kind === 'text') return () => token.text;
  if (token.kind === 'number') return () => Number(token.text);
  if (is(token, '(')) {
    const inner = either(tokens);
    expectSign(tokens, ')');
    return inner;
  }
  if (is(tokens[0], '(')) {
    const given = listOf(tokens);
    return (row) =>
      callOf(
        token.text,
        given.map((read) => read(row)),
      );
  }
  if (token.text === 'true' || token.text === 'false') return () => token.text === 'true';
  return (row) => {
    if (!(token.text in row)) throw new Error(`no column ${token.text}`);
    return row[token.text] ?? null;
  };
};

const listOf = (tokens: Token[]): readonly Read[] => {
  expectSign(tokens, '(');
  const given: Read[] = [];
  while (!is(tokens[0], ')')) {
    given.push(either(tokens));
    if (!is(tokens[0], ')')) expectSign(tokens, ',');
  }
  tokens.shift();
  return given;
};

const expectSign = (tokens: Token[], sign: string): void => {
  const token = tokens.shift();
  if (!is(token, sign)) throw new Error(`${sign} is wanted, not ${token?.text}`);
};

const number = (work: (left: number, right: number) => number) => (left: Cell, right: Cell) =>
  left === null || right === null ? null : work(Number(left), Number(right));

const product = level(primary, ['*', '/'], (sign, left, right) =>
  number(sign === '*' ? (a, b) => a * b : (a, b) => a / b)(left, right),
);
const sum = level(product, ['+', '-'], (sign, left, right) =>
  number(sign === '+' ? (a, b) => a + b : (a, b) => a - b)(left, right),
);

const comparison: Level = (tokens) => {
  const left = sum(tokens);
  if (is(tokens[0], 'in') || is(tokens[0], 'has_any')) {
    const operator = tokens.shift()?.text === 'in' ? '==' : 'has';
    const list = listOf(tokens);
    return (row) => list.some((each) => compared(operator, left(row), each(row)));
  }
  const operator = tokens[0]?.text ?? '';
  if (tokens[0]?.kind === 'text' || !compared.knows(operator)) return left;
  tokens.shift();
  if (operator === 'matches') expectSign(tokens, 'regex');
  const right = sum(tokens);
  return (row) => compared(operator, left(row), right(row));
};

const both = level(comparison, ['and'], (_, left, right) => left === true && right === true);
const either: Level = (tokens) => level(both, ['or'], (_, left, right) => left === true || right === true)(tokens);
