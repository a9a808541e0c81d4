/**
 * The rows that a filter can fit at all, found by what they are called instead of by looking at each: a fleet of
 * 10,000 is asked for 30 names at a time, again and again.
 */
import type { Expression } from '../../odata/expression.ts';

type Row = Readonly<Record<string, unknown>>;

/** All that fit are among them, in the order of the rows; all rows where the filter does not lend itself to it. */
export const candidates = (rows: readonly Row[], filter: Expression): readonly Row[] => {
  const wanted = wantedTexts(filter);
  if (wanted === undefined) return rows;
  const places = [...new Set(wanted.flatMap((one) => placesOf(rows, one)))].sort((a, b) => a - b);
  return places.map((place) => rows[place]).filter((row) => row !== undefined);
};

/** A property that has to be, or to begin with, a text: in lower case. */
interface Wanted {
  readonly property: string;
  readonly text: string;
  readonly isStart: boolean;
}

const wantedTexts = (node: Expression): readonly Wanted[] | undefined => {
  if (node.kind === 'or') {
    const each = node.operands.map(wantedTexts);
    return each.some((one) => one === undefined) ? undefined : each.flatMap((one) => one ?? []);
  }
  if (node.kind === 'and') return node.operands.map(wantedTexts).find((one) => one !== undefined);
  const [property, texts, isStart] = condition(node);
  if (property?.kind !== 'path' || property.steps.length !== 1) return undefined;
  const wanted = texts.map((text) => wantedText(property.steps[0] ?? '', text, isStart));
  return wanted.every((one) => one !== undefined) ? wanted : undefined;
};

const condition = (node: Expression): readonly [of: Expression | undefined, texts: readonly Expression[], boolean] => {
  if (node.kind === 'comparison' && node.operator === 'eq') return [node.left, [node.right], false];
  if (node.kind === 'in' && !('kind' in node.members)) return [node.operand, node.members, false];
  if (node.kind === 'call' && node.name === 'startswith') return [node.parameters[0], node.parameters.slice(1), true];
  return [undefined, [], false];
};

const wantedText = (property: string, literal: Expression, isStart: boolean): Wanted | undefined =>
  literal.kind === 'literal' && literal.type === 'string' && isText(literal.value)
    ? { property, text: literal.value.toLowerCase(), isStart }
    : undefined;

/** What may be an instant or a number equals others that are written otherwise, and can't be looked up. */
const isText = (value: string): boolean => value.charAt(4) !== '-' && !/^-?\d{1,18}(\.\d{1,18})?$/.test(value);

interface Index {
  /** In lower case, ascending; and where in the rows each stands. */
  readonly texts: readonly string[];
  readonly places: readonly number[];
}

const indexes = new WeakMap<readonly Row[], Map<string, Index>>();

const placesOf = (rows: readonly Row[], { property, text, isStart }: Wanted): number[] => {
  const { texts, places } = indexOf(rows, property);
  const found: number[] = [];
  for (let at = firstFrom(texts, text); isStart ? texts[at]?.startsWith(text) : texts[at] === text; at++)
    found.push(places[at] ?? 0);
  return found;
};

const indexOf = (rows: readonly Row[], property: string): Index => {
  const known = indexes.get(rows) ?? new Map<string, Index>();
  indexes.set(rows, known);
  const index = known.get(property) ?? indexBy(rows, property);
  known.set(property, index);
  return index;
};

const indexBy = (rows: readonly Row[], property: string): Index => {
  const entries = rows.flatMap((row, place) => {
    const value = row[property];
    return typeof value === 'string' ? [{ text: value.toLowerCase(), place }] : [];
  });
  entries.sort((a, b) => (a.text < b.text ? -1 : Number(a.text > b.text)));
  return { texts: entries.map(({ text }) => text), places: entries.map(({ place }) => place) };
};

/** Where the first text stands that is not before it. */
const firstFrom = (texts: readonly string[], text: string): number => {
  let [low, high] = [0, texts.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((texts[middle] ?? '') < text) low = middle + 1;
    else high = middle;
  }
  return low;
};
