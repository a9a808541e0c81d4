import type { Literal } from '../expression.ts';
import { bareLiteral, stringLiteral, typedLiteral } from '../literal.ts';

/** A piece of a filter; `from` and `to` count UTF-16 units from 0, `to` is behind the last one. */
export interface Token {
  readonly kind: 'word' | 'literal' | 'mark' | 'doubleQuoted' | 'unclosed' | 'malformed' | 'end';
  readonly text: string;
  readonly from: number;
  readonly to: number;
  readonly literal?: Literal;
}

/**
 * Cuts a filter into tokens, in time linear in its length. It refuses nothing: what is no token of OData becomes a
 * token of a kind that the parser complains of where it meets it.
 *
 * @returns at least one token; the last is of kind `end`
 */
export const tokens = (filter: string): readonly Token[] => {
  const found: Token[] = [];
  let at = skipSpace(filter, 0);
  while (at < filter.length) {
    const token = tokenAt(filter, at);
    found.push(token);
    at = skipSpace(filter, token.to);
  }
  return [...found, { kind: 'end', text: '', from: filter.length, to: filter.length }];
};

const tokenAt = (filter: string, from: number): Token => {
  const first = filter.charAt(from);
  if (first === "'") return stringAt(filter, from, from);
  if (first === '"') return doubleQuotedAt(filter, from);
  const bare = match(guid, filter, from) || match(digits, filter, from);
  if (bare > from) return bareAt(filter, from, bare);
  const word = match(/[\p{L}_$@][\p{L}\p{N}_.]*/uy, filter, from);
  if (word > from) return wordAt(filter, from, word);
  return piece('mark', filter, from, match(/==|!=|<>|<=|>=|&&|\|\||./suy, filter, from));
};

const guid = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?![\p{L}\p{N}_.-])/iuy;
const digits = /-?[0-9][0-9A-Za-z_.:+-]*|-INF(?![\p{L}\p{N}_.])/uy;

const skipSpace = (filter: string, from: number): number => match(/\s*/y, filter, from);

/** The end of what `pattern` (sticky) finds at `from`; 0 if it finds nothing. */
const match = (pattern: RegExp, filter: string, from: number): number => {
  pattern.lastIndex = from;
  return pattern.test(filter) ? pattern.lastIndex : 0;
};

const piece = (kind: Token['kind'], filter: string, from: number, to: number): Token => ({
  kind,
  text: filter.slice(from, to),
  from,
  to,
});

const bareAt = (filter: string, from: number, to: number): Token => {
  const literal = bareLiteral(filter.slice(from, to));
  return literal ? { ...piece('literal', filter, from, to), literal } : piece('malformed', filter, from, to);
};

const wordAt = (filter: string, from: number, to: number): Token => {
  const literal = bareLiteral(filter.slice(from, to));
  if (literal) return { ...piece('literal', filter, from, to), literal };
  const closed = filter.charAt(to) === "'" ? closingQuote(filter, to) : undefined;
  return closed === undefined ? piece('word', filter, from, to) : stringAt(filter, from, to);
};

const stringAt = (filter: string, from: number, quote: number): Token => {
  const close = closingQuote(filter, quote);
  if (close === undefined) return piece('unclosed', filter, from, filter.length);
  const text = filter.slice(from, close + 1);
  const literal = from === quote ? stringLiteral(text) : typedLiteral(text);
  return literal
    ? { ...piece('literal', filter, from, close + 1), literal }
    : piece('malformed', filter, from, close + 1);
};

const closingQuote = (filter: string, quote: number): number | undefined => {
  let close = filter.indexOf("'", quote + 1);
  while (close >= 0 && filter.charAt(close + 1) === "'") close = filter.indexOf("'", close + 2);
  return close < 0 ? undefined : close;
};

const doubleQuotedAt = (filter: string, from: number): Token => {
  const close = filter.indexOf('"', from + 1);
  if (close < 0) return piece('unclosed', filter, from, filter.length);
  return { ...piece('doubleQuoted', filter, from, close + 1), literal: stringLiteral(filter.slice(from, close + 1)) };
};
