/** How Kusto compares, and what its functions give; a value that is missing makes nothing true. */

export type Cell = string | number | boolean | null;
export type Row = Readonly<Record<string, Cell>>;

const small = (cell: Cell): string => String(cell).toLowerCase();

/** A whole word, in any case ("String operators": a term is a run of letters and digits). */
const has = (left: Cell, right: Cell): boolean => {
  const [text, term] = [small(left), small(right)];
  const isPart = (letter: string | undefined) => letter !== undefined && /[\p{L}\p{N}]/u.test(letter);
  for (let at = text.indexOf(term); at >= 0; at = text.indexOf(term, at + 1)) {
    if (!isPart(text[at - 1]) && !isPart(text[at + term.length])) return true;
  }
  return false;
};

const operators: Readonly<Record<string, (left: Cell, right: Cell) => boolean>> = {
  '==': (left, right) => left === right,
  '!=': (left, right) => left !== right,
  '<': (left, right) => Number(left) < Number(right),
  '<=': (left, right) => Number(left) <= Number(right),
  '>': (left, right) => Number(left) > Number(right),
  '>=': (left, right) => Number(left) >= Number(right),
  has,
  contains: (left, right) => small(left).includes(small(right)),
  startswith: (left, right) => small(left).startsWith(small(right)),
  '!startswith': (left, right) => !small(left).startsWith(small(right)),
  matches: (left, right) => new RegExp(String(right)).test(String(left)),
};

export const compared = Object.assign(
  (operator: string, left: Cell, right: Cell): boolean =>
    left !== null && right !== null && operators[operator]?.(left, right) === true,
  { knows: (operator: string) => operator in operators },
);

const numberOf = (cell: Cell | undefined): Cell => (cell === '' || cell === null ? null : Number(cell));

const functions: Readonly<Record<string, (...given: readonly Cell[]) => Cell>> = {
  extract: (pattern = '', group = 0, text = '') =>
    new RegExp(String(pattern)).exec(String(text))?.[Number(group)] ?? '',
  todouble: numberOf,
  tolong: numberOf,
  strlen: (text = '') => String(text).length,
};

/** @throws Error where there is no such function here */
export const callOf = (name: string, given: readonly Cell[]): Cell => {
  const called = functions[name];
  if (!called) throw new Error(`no function ${name}`);
  return called(...given);
};
