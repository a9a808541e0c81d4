import { durationTicks } from './duration.ts';
import type { Literal } from './expression.ts';
import { dateTicks, instantTicks, timeTicks } from './instant.ts';

/** Reads the text of a literal that stands without quotes; undefined if it is none. */
export const bareLiteral = (text: string): Literal | undefined =>
  words.get(text) ?? numberLiteral(text) ?? momentLiteral(text) ?? guidLiteral(text);

/** The literal of a text in quotes, single or (in a list) double, as it was written. */
export const stringLiteral = (text: string): Literal => {
  const inner = text.slice(1, -1);
  return { kind: 'literal', type: 'string', text, value: text.startsWith("'") ? inner.replaceAll("''", "'") : inner };
};

/** Writes a text as a literal: in single quotes, those inside it doubled. */
export const quoted = (value: string): string => `'${value.replaceAll("'", "''")}'`;

/**
 * Reads a literal that carries its type before the quote: `duration'P1D'`, `binary'AA=='`, and an enumeration's
 * `Some.Namespace.Kind'Active'`, which counts as text.
 */
export const typedLiteral = (text: string): Literal | undefined => {
  const prefix = text.slice(0, text.indexOf("'"));
  const value = text.slice(prefix.length + 1, -1);
  if (prefix === 'binary') return { kind: 'literal', type: 'binary', text, value };
  if (prefix.includes('.')) return { kind: 'literal', type: 'string', text, value };
  const ticks = prefix === 'duration' ? durationTicks(value) : undefined;
  return ticks === undefined ? undefined : { kind: 'literal', type: 'duration', text, value: ticks };
};

const number = (text: string, value: number | bigint): Literal => ({ kind: 'literal', type: 'number', text, value });

const words: ReadonlyMap<string, Literal> = new Map<string, Literal>([
  ['null', { kind: 'literal', type: 'null', text: 'null', value: null }],
  ['true', { kind: 'literal', type: 'boolean', text: 'true', value: true }],
  ['false', { kind: 'literal', type: 'boolean', text: 'false', value: false }],
  ['INF', number('INF', Number.POSITIVE_INFINITY)],
  ['-INF', number('-INF', Number.NEGATIVE_INFINITY)],
  ['NaN', number('NaN', Number.NaN)],
]);

const numberLiteral = (text: string): Literal | undefined => {
  if (/^-?\d+[lL]?$/.test(text)) return number(text, BigInt(text.replace(/l$/i, '')));
  if (/^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?[dDmMfF]?$/.test(text)) return number(text, Number.parseFloat(text));
  return undefined;
};

const momentLiteral = (text: string): Literal | undefined => {
  const instant = instantTicks(text);
  if (instant !== undefined) return { kind: 'literal', type: 'dateTimeOffset', text, value: instant };
  const date = dateTicks(text);
  if (date !== undefined) return { kind: 'literal', type: 'date', text, value: date };
  const time = timeTicks(text);
  return time === undefined ? undefined : { kind: 'literal', type: 'timeOfDay', text, value: time };
};

const guidLiteral = (text: string): Literal | undefined =>
  /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)
    ? { kind: 'literal', type: 'guid', text, value: text.toLowerCase() }
    : undefined;
