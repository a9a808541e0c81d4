/**
 * The state that the parts of the parser share: a place in a filter's tokens, and what names mean there. One
 * reader serves one filter; the parts that recurse do it through `expression`, so that none imports another.
 */

import type { EntityType, Type } from '../edm.ts';
import type { Expression } from '../expression.ts';
import { Complaint } from './complaint.ts';
import type { Token } from './tokens.ts';

/** What was read: the tree, its type, and where it stands in the filter. */
export interface Term {
  readonly expression: Expression;
  readonly type: Type;
  readonly from: number;
  readonly to: number;
}

export interface Reader {
  readonly filter: string;
  readonly entity: EntityType;
  readonly tokens: readonly Token[];
  readonly expression: (reader: Reader) => Term;
  readonly variables: ReadonlyMap<string, Type>;
  /** Where the reader stands; the parts move it. */
  readonly place: { at: number; depth: number };
}

/** The deepest tree that is read; every part that recurses counts. */
export const mostDepth = 100;

/** The token `ahead` of the next one; past the end it is the end. */
export const peek = (reader: Reader, ahead = 0): Token =>
  reader.tokens[reader.place.at + ahead] ?? {
    kind: 'end',
    text: '',
    from: reader.filter.length,
    to: reader.filter.length,
  };

/** The next token, and past it. */
export const take = (reader: Reader): Token => {
  const token = peek(reader);
  reader.place.at += 1;
  return token;
};

export const isWord = (token: Token, ...texts: readonly string[]): boolean =>
  token.kind === 'word' && texts.includes(token.text);

export const isMark = (token: Token, text: string): boolean => token.kind === 'mark' && token.text === text;

/** Takes the mark if it comes next, and says whether it did. */
export const tookMark = (reader: Reader, text: string): boolean => {
  const found = isMark(peek(reader), text);
  if (found) reader.place.at += 1;
  return found;
};

/** Reads something one level further down. @throws Complaint when that is too deep */
export const deeper = <T>(reader: Reader, read: () => T): T => {
  reader.place.depth += 1;
  if (reader.place.depth > mostDepth)
    throw new Complaint(peek(reader).from, `the filter is nested more than ${mostDepth} levels deep`);
  const result = read();
  reader.place.depth -= 1;
  return result;
};

/** The filter's own text between two places. */
export const textOf = (reader: Reader, { from, to }: { from: number; to: number }): string =>
  reader.filter.slice(from, to);
