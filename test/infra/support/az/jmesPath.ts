/** As much of JMESPath (jmespath.org), by which `az --query` chooses, as our scripts use. @throws where a query says more, or a function is given what it does not take */
export const jmesPath = (query: string, value: unknown): unknown => {
  const tokens = tokensOf(query);
  const read = pipe(tokens);
  if (tokens.length > 0) throw new Error(`${query}: ${tokens[0]} is too much`);
  return read(value);
};

type Read = (value: unknown) => unknown;

const token = /\s*(\|\||&&|==|!=|\[\?|\[\]|`[^`]*`|'[^']*'|[A-Za-z_]\w*|-?\d+|[[\]{}().,:|!@])/y;

const tokensOf = (query: string): string[] => {
  const tokens: string[] = [];
  token.lastIndex = 0;
  for (let at = 0; at < query.trimEnd().length; at = token.lastIndex) {
    const [, found] = token.exec(query) ?? [];
    if (found === undefined) throw new Error(`${query}, character ${at + 1}: that is no JMESPath`);
    tokens.push(found);
  }
  return tokens;
};

const take = (tokens: string[], wanted?: string): string => {
  const next = tokens.shift();
  if (next === undefined || (wanted !== undefined && next !== wanted)) throw new Error(`${wanted} in place of ${next}`);
  return next;
};

const pipe = (tokens: string[]): Read => {
  const left = either(tokens);
  if (tokens[0] !== '|') return left;
  take(tokens);
  const right = pipe(tokens);
  return (value) => right(left(value));
};

const either = (tokens: string[]): Read => {
  const left = both(tokens);
  if (tokens[0] !== '||') return left;
  take(tokens);
  const right = either(tokens);
  return (value) => (isTrue(left(value)) ? left(value) : right(value));
};

const both = (tokens: string[]): Read => {
  const left = comparison(tokens);
  if (tokens[0] !== '&&') return left;
  take(tokens);
  const right = both(tokens);
  return (value) => (isTrue(left(value)) ? right(value) : left(value));
};

const comparison = (tokens: string[]): Read => {
  const left = path(tokens, primary(tokens));
  const operator = tokens[0];
  if (operator !== '==' && operator !== '!=') return left;
  take(tokens);
  const right = path(tokens, primary(tokens));
  return (value) => (JSON.stringify(left(value)) === JSON.stringify(right(value))) === (operator === '==');
};

const primary = (tokens: string[]): Read => {
  const next = tokens[0] ?? '';
  if (next === '[' || next === '[?' || next === '[]') return (value) => value;
  take(tokens);
  if (next === '@') return (value) => value;
  if (next === '!') {
    const read = path(tokens, primary(tokens));
    return (value) => !isTrue(read(value));
  }
  if (next === '(') return closed(tokens, pipe(tokens), ')');
  if (next.startsWith('`')) return () => JSON.parse(next.slice(1, -1));
  if (next.startsWith("'")) return () => next.slice(1, -1);
  if (tokens[0] === '(') return call(tokens, next);
  return (value) => member(value, next);
};

/** What follows a value: `.name`, `[0]`, `[]`, `[?…]`, `.[a, b]`, `.{a: b}`. What follows a list of results is done to each. */
const path = (tokens: string[], read: Read): Read => {
  const next = tokens[0];
  if (next === '.') {
    take(tokens);
    return path(tokens, then(read, tokens[0] === '{' ? hash(tokens) : tokens[0] === '[' ? list(tokens) : name(tokens)));
  }
  if (next === '[' && /^-?\d+$/.test(tokens[1] ?? '')) {
    take(tokens);
    const index = Number(take(tokens));
    return path(
      tokens,
      closed(
        tokens,
        then(read, (value) => (Array.isArray(value) ? (value.at(index) ?? null) : null)),
        ']',
      ),
    );
  }
  if (next === '[') return path(tokens, then(read, list(tokens)));
  if (next !== '[]' && next !== '[?') return read;
  take(tokens);
  const keeps = next === '[]' ? undefined : closed(tokens, pipe(tokens), ']');
  const each = path(tokens, (value) => value);
  return (value) => {
    const all = read(value);
    if (!Array.isArray(all)) return null;
    const kept = keeps ? all.filter((one) => isTrue(keeps(one))) : all.flat();
    return kept.map(each).filter((one) => one !== null);
  };
};

const then =
  (first: Read, second: Read): Read =>
  (value) =>
    second(first(value));

const closed = (tokens: string[], read: Read, bracket: string): Read => {
  take(tokens, bracket);
  return read;
};

const name = (tokens: string[]): Read => {
  const wanted = take(tokens);
  return (value) => member(value, wanted);
};

const list = (tokens: string[]): Read => {
  const parts: Read[] = [];
  do {
    take(tokens);
    parts.push(pipe(tokens));
  } while (tokens[0] === ',');
  return closed(tokens, (value) => (value === null ? null : parts.map((part) => part(value))), ']');
};

const hash = (tokens: string[]): Read => {
  const parts: (readonly [string, Read])[] = [];
  do {
    take(tokens);
    const key = take(tokens);
    take(tokens, ':');
    parts.push([key, pipe(tokens)]);
  } while (tokens[0] === ',');
  return closed(
    tokens,
    (value) => (value === null ? null : Object.fromEntries(parts.map(([key, part]) => [key, part(value)]))),
    '}',
  );
};

const call = (tokens: string[], called: string): Read => {
  const made = functions[called];
  if (!made) throw new Error(`${called} is no function that is known here`);
  const given: Read[] = [];
  do {
    take(tokens);
    given.push(pipe(tokens));
  } while (tokens[0] === ',');
  return closed(tokens, (value) => made(...given.map((read) => read(value))), ')');
};

const functions: Readonly<Record<string, (...given: readonly unknown[]) => unknown>> = {
  contains: (all, one) => listOrText(all).includes(one as never),
  join: (between, all) => textsIn(all).join(String(between)),
  length: (all) => listOrText(all).length,
  sort: (all) => [...textsIn(all)].sort(),
  to_string: (value) => (typeof value === 'string' ? value : JSON.stringify(value)),
};

const listOrText = (value: unknown): readonly unknown[] | string => {
  if (typeof value === 'string' || Array.isArray(value)) return value;
  throw new Error(`invalid type for value: ${value}, expected one of: ['string', 'array']`);
};

const textsIn = (value: unknown): readonly string[] => {
  if (Array.isArray(value) && value.every((each) => typeof each === 'string')) return value;
  throw new Error(`invalid type for value: ${JSON.stringify(value)}, expected one of: ['array-string']`);
};

const member = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? ((value as Record<string, unknown>)[key] ?? null)
    : null;

const isTrue = (value: unknown): boolean =>
  !(value === null || value === undefined || value === false || value === '' || isEmpty(value));

const isEmpty = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && Object.keys(value).length === 0;
