/** Expressions of Logic Apps ("Reference guide to workflow expression functions"): read, and worked out. Only what our playbooks use. */

export type Expression =
  | { readonly kind: 'value'; readonly value: string | number | boolean | null }
  | { readonly kind: 'call'; readonly name: string; readonly given: readonly Expression[] }
  /** `of?['key']`, or without the question mark, which takes no null for `of`. */
  | { readonly kind: 'member'; readonly of: Expression; readonly key: Expression; readonly mayBeNull: boolean };

/** A text that stands in a workflow: expressions, or texts between them. */
export type Text =
  | { readonly kind: 'whole'; readonly expression: Expression }
  | { readonly kind: 'pieces'; readonly pieces: readonly (string | Expression)[] };

export type Functions = Readonly<Record<string, (...given: unknown[]) => unknown>>;

const tokens = /\s*(?:('(?:[^']|'')*')|(-?\d+(?:\.\d+)?)|([A-Za-z_]\w*)|(\?\[|[()[\],]))/y;

/** @throws Error that shows where it can't be read */
export const readText = (text: string): Text => {
  if (/^@[^@{]/.test(text)) {
    const { expression, end } = readExpression(text, 1);
    if (end < text.length) throw new Error(`too much after the expression: ${text.slice(end)}`);
    return { kind: 'whole', expression };
  }
  const pieces: (string | Expression)[] = [];
  let at = 0;
  for (let next = text.indexOf('@{'); next >= 0; next = text.indexOf('@{', at)) {
    const { expression, end } = readExpression(text, next + 2);
    if (!/^\s*\}/.test(text.slice(end))) throw new Error(`no } behind ${text.slice(next, end)}`);
    pieces.push(text.slice(at, next), expression);
    at = text.indexOf('}', end) + 1;
  }
  return { kind: 'pieces', pieces: [...pieces, text.slice(at)] };
};

/** The expressions in a text. */
export const expressionsIn = (text: Text): readonly Expression[] =>
  text.kind === 'whole' ? [text.expression] : text.pieces.filter((piece) => typeof piece !== 'string');

/** An expression and all that it is made of. */
export const within = (expression: Expression): readonly Expression[] => {
  if (expression.kind === 'call') return [expression, ...expression.given.flatMap(within)];
  return expression.kind === 'member'
    ? [expression, ...within(expression.of), ...within(expression.key)]
    : [expression];
};

/** A whole expression keeps its kind; what stands in a text becomes text. */
export const workedOut = (text: string, functions: Functions): unknown => {
  const read = readText(text);
  if (read.kind === 'whole') return evaluate(read.expression, functions);
  return read.pieces.map((piece) => (typeof piece === 'string' ? piece : asText(evaluate(piece, functions)))).join('');
};

export const asText = (value: unknown): string =>
  value === null || value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value);

/** All arguments are worked out, also those that `if` does not choose: so nothing that fails hides behind it. */
const evaluate = (expression: Expression, functions: Functions): unknown => {
  switch (expression.kind) {
    case 'value':
      return expression.value;
    case 'call': {
      const called = functions[expression.name];
      if (!called) throw new Error(`there is no function ${expression.name}`);
      return called(...expression.given.map((given) => evaluate(given, functions)));
    }
    case 'member':
      return memberOf(evaluate(expression.of, functions), evaluate(expression.key, functions), expression.mayBeNull);
  }
};

const memberOf = (of: unknown, key: unknown, mayBeNull: boolean): unknown => {
  if (of === null || of === undefined) {
    if (mayBeNull) return null;
    throw new Error(`${String(key)} of null`);
  }
  if (typeof of !== 'object') throw new Error(`${String(key)} of ${typeof of}`);
  const found = (of as Record<string, unknown>)[String(key)];
  if (found === undefined && !mayBeNull) throw new Error(`there is no ${String(key)}`);
  return found ?? null;
};

const readExpression = (text: string, from: number): { expression: Expression; end: number } => {
  let at = from;
  const next = () => {
    tokens.lastIndex = at;
    return tokens.exec(text);
  };
  const take = (wanted?: string) => {
    const token = next();
    if (!token || (wanted !== undefined && token[4] !== wanted))
      throw new Error(`${wanted ?? 'something'} is missing at ${text.slice(at)}`);
    at = tokens.lastIndex;
    return token;
  };
  const isNext = (sign: string) => next()?.[4] === sign;
  const list = (): Expression[] => {
    const given: Expression[] = [];
    while (!isNext(')')) {
      if (given.length > 0) take(',');
      given.push(expression());
    }
    take(')');
    return given;
  };
  const primary = (): Expression => {
    const [, quoted, number, name] = take();
    if (quoted !== undefined) return { kind: 'value', value: quoted.slice(1, -1).replaceAll("''", "'") };
    if (number !== undefined) return { kind: 'value', value: Number(number) };
    if (name === undefined) throw new Error(`nothing that can be worked out at ${text.slice(from)}`);
    if (name in words) return { kind: 'value', value: words[name] ?? null };
    take('(');
    return { kind: 'call', name, given: list() };
  };
  const expression = (): Expression => {
    let read = primary();
    while (isNext('[') || isNext('?[')) {
      const mayBeNull = take()[4] === '?[';
      read = { kind: 'member', of: read, key: expression(), mayBeNull };
      take(']');
    }
    return read;
  };
  return { expression: expression(), end: at };
};

const words: Readonly<Record<string, boolean | null>> = { true: true, false: false, null: null };
