import type { EntityType } from './edm.ts';
import type { Expression } from './expression.ts';
import { Complaint, excerpt, mended } from './parser/complaint.ts';
import { wantCondition } from './parser/conditions.ts';
import { readExpression } from './parser/readExpression.ts';
import { peek, type Reader } from './parser/reader.ts';
import { tokens } from './parser/tokens.ts';

export interface WrongFilter {
  readonly kind: 'wrong';
  /** The character, counted from 1, at which the filter goes wrong. */
  readonly position: number;
  /** What is wrong, and what would be right in general: no sentence's end. */
  readonly message: string;
  /** The caller's filter put right; absent if it cannot be guessed. Only the mended part of a long one. */
  readonly suggestion?: string;
}

export type ReadFilter = { readonly kind: 'filter'; readonly expression: Expression } | WrongFilter;

/** The longest filter that is read; a URL of Azure's front ends holds 8,192 characters. */
export const mostCharacters = 8000;

/**
 * Reads a `$filter` of OData 4 as Microsoft's own library does (names in any case besides), and checks it against
 * an entity's properties.
 *
 * @param filter decoded; at most 8,000 characters, nested at most 100 deep
 * @returns never throws, and takes time linear in the filter's length
 */
export const parseFilter = (filter: string, entity: EntityType): ReadFilter => {
  const outcome = attempt(filter, entity);
  if (!(outcome instanceof Complaint)) return { kind: 'filter', expression: outcome };
  const position = [...filter.slice(0, outcome.at)].length + 1;
  const suggestion = suggest(filter, entity, outcome);
  return { kind: 'wrong', position, message: outcome.message, ...(suggestion === undefined ? {} : { suggestion }) };
};

/** What a caller is told: `$filter, character 14: ... Did you mean: ...`. */
export const describeWrong = ({ position, message, suggestion }: WrongFilter): string => {
  const advice = suggestion === undefined ? '' : `. Did you mean: ${suggestion}`;
  return `$filter, character ${position}: ${message}${advice}`;
};

const attempt = (filter: string, entity: EntityType): Expression | Complaint => {
  try {
    return read(filter, entity);
  } catch (fault) {
    if (fault instanceof Complaint) return fault;
    throw fault;
  }
};

const read = (filter: string, entity: EntityType): Expression => {
  if (filter.length > mostCharacters)
    throw new Complaint(
      mostCharacters,
      `the filter is ${filter.length} characters long; at most ${mostCharacters} are read`,
    );
  const place = { at: 0, depth: 0 };
  const reader: Reader = {
    filter,
    entity,
    tokens: tokens(filter),
    expression: readExpression,
    variables: new Map(),
    place,
  };
  const term = readExpression(reader);
  const next = peek(reader);
  const mend = { from: next.from, to: next.to, put: '' };
  if (next.kind !== 'end') throw new Complaint(next.from, `'${excerpt(next.text)}' belongs to no '('`, mend);
  wantCondition(reader, term, 'a filter');
  return term.expression;
};

const mostMends = 20;

/** Mends one fault after the other; what comes out is only said if it is a filter. */
const suggest = (filter: string, entity: EntityType, first: Complaint): string | undefined => {
  let [text, outcome]: [string, Expression | Complaint] = [filter, first];
  for (let mends = 0; mends < mostMends; mends++) {
    if (!(outcome instanceof Complaint)) return clipped(text, first.mend?.from ?? 0);
    if (outcome.mend === undefined) return undefined;
    text = mended(text, outcome.mend);
    outcome = attempt(text, entity);
  }
  return undefined;
};

const clipped = (text: string, at: number): string => {
  if (text.length <= 300) return text;
  const [from, to] = [Math.max(0, at - 80), Math.min(text.length, at + 120)];
  return `${from > 0 ? '...' : ''}${text.slice(from, to)}${to < text.length ? '...' : ''}`;
};
