/** JSON in all the ways in which it can be written. */
import * as fc from 'fast-check';

export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

/** Any JSON, with names and texts that look like its own signs. */
export const anyJson = (): fc.Arbitrary<Json> =>
  fc.letrec<{ json: Json }>((tie) => ({
    json: fc.oneof(
      { maxDepth: 4 },
      fc.constantFrom<Json>(null, true, false, 0, -1.5e-7, ''),
      fc.integer(),
      text(),
      fc.array(tie('json'), { maxLength: 4 }),
      fc.dictionary(name(), tie('json'), { maxKeys: 4 }),
    ),
  })).json;

/** Written with white space and escapes where they may stand, as the choices say. */
export const printed = (json: Json, choices: Iterator<number>): string => {
  const pick = <T>(from: readonly T[]): T => from[(choices.next().value ?? 0) % from.length] as T;
  const space = (): string => pick(['', '', '', ' ', '\n', '\t\r ']);
  const spaced = (text: string): string => space() + text + space();
  const quoted = (text: string): string => `"${[...JSON.stringify(text).slice(1, -1)].map(sign).join('')}"`;
  const sign = (each: string): string => (/[a-z]/.test(each) && pick([false, false, true]) ? escaped(each) : each);
  const write = (value: Json): string => {
    if (typeof value === 'string') return pick([JSON.stringify(value), plainly(value, quoted)]);
    if (typeof value !== 'object' || value === null) return JSON.stringify(value);
    if (Array.isArray(value)) return `[${value.map((each) => spaced(write(each))).join(',') || space()}]`;
    const members = Object.entries(value).map(([key, each]) => `${spaced(write(key))}:${spaced(write(each))}`);
    return `{${members.join(',') || space()}}`;
  };
  return spaced(write(json));
};

export const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
export const textOf = (body: Uint8Array): string => new TextDecoder('utf-8', { ignoreBOM: true }).decode(body);
export const parsed = (body: Uint8Array): unknown => JSON.parse(textOf(body));

/** Escapes that are there already stay as they are. */
const plainly = (value: string, quoted: (text: string) => string): string =>
  JSON.stringify(value).includes('\\') ? JSON.stringify(value) : quoted(value);

const escaped = (letter: string): string => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`;

const text = (): fc.Arbitrary<string> =>
  fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom('{', ']}', '"', '\\"', '\\', 'a\\\\"b', '","value":[', 'ü€😀'),
  );

/**
 * Not a backslash alone: once `JSON.parse` of Node 24.21 has read that name, it takes every name with an escape at the same place for it, and is no
 * measure any more.
 */
const name = (): fc.Arbitrary<string> =>
  fc
    .oneof(text(), fc.constantFrom('id', 'value', '@odata.nextLink'))
    .filter((each) => each !== '__proto__' && each !== '\\');
