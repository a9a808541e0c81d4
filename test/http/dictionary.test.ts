import * as fc from 'fast-check';
import { readDictionary } from '../../src/http/dictionary.ts';
import { law } from '../support/law.ts';

const of = (alphabet: string, least = 0, most = 8) =>
  fc.string({ unit: fc.constantFrom(...alphabet), minLength: least, maxLength: most });
const lower = 'abcdefghijklmnopqrstuvwxyz';
const digits = '0123456789';
const name = fc.tuple(of(`${lower}*`, 1, 1), of(`${lower}${digits}_-.*`)).map(([a, b]) => a + b);
const item = fc.oneof(
  fc.integer().map(String),
  fc.tuple(fc.integer(), of(digits, 1, 3)).map(([a, b]) => `${a}.${b}`),
  of(` !#azAZ09[]~;,()=`).map((text) => `"${text}\\"${text}\\\\"`),
  fc.tuple(of('aZ*', 1, 1), of("!#$%&'*+-.^_`|~aZ09:/")).map(([a, b]) => a + b),
  of('aZ09+/=').map((text) => `:${text}:`),
  fc.constantFrom('?0', '?1'),
  fc.integer().map((seconds) => `@${seconds}`),
  of('az ').map((text) => `%"${text}%c3%bc"`),
);
const parameters = fc
  .array(fc.tuple(fc.constantFrom(';', '; '), name, fc.option(item)), { maxLength: 2 })
  .map((list) => list.map(([start, key, value]) => start + key + (value === null ? '' : `=${value}`)).join(''));
const innerList = fc
  .tuple(fc.array(fc.tuple(item, parameters), { maxLength: 3 }), fc.constantFrom(' ', '  '))
  .map(([items, space]) => `(${items.map((pair) => pair.join('')).join(space)})`);
const member = fc.tuple(name, fc.option(fc.oneof(item, innerList)), parameters);
const separator = fc.constantFrom(',', ', ', ' ,\t');

describe('a dictionary of structured fields', () => {
  it('gives every name its last value as it was written', () =>
    law(
      fc.property(fc.array(fc.tuple(member, separator), { minLength: 1, maxLength: 6 }), (members) => {
        const text = members
          .map(([[key, value, more], comma], i) => {
            const end = i === members.length - 1 ? '' : comma;
            return key + (value === null ? '' : `=${value}`) + more + end;
          })
          .join('');
        const expected = new Map(members.map(([[key, value]]) => [key, value ?? '?1']));
        expect(readDictionary(`  ${text} `)).toEqual(expected);
      }),
    ));

  it.each([
    'u=5,',
    ',u=5',
    'u=5,,i',
    'u=5 i',
    'U=5',
    'u=',
    'u =5',
    'u= 5',
    'u=5;X',
    'u="5',
    'u="\u00e4"',
    'u=(1 2',
    'u=(1"2")',
    'u=1234567890123456',
    'u=1.2345',
    'u=?2',
    'u=\\5',
    '5',
    '=5',
  ])('%j is none', (text) => {
    expect(readDictionary(text)).toBeUndefined();
  });

  it('is empty where nothing stands', () => {
    expect(readDictionary('  ')).toEqual(new Map());
  });

  it.each([
    ['names', 'a'.repeat(30_000)],
    ['spaces in a list', `u=(${' '.repeat(30_000)}`],
    ['items of a list', `u=(${'1 '.repeat(15_000)}!`],
    ['tokens without a space', `u=(${'a'.repeat(30_000)}"`],
    ['parameters', `u${';a'.repeat(15_000)}!`],
    ['an open string', `u="${'a'.repeat(30_000)}`],
  ])('is read in no time, %s however many', (_, text) => {
    const started = performance.now();
    readDictionary(text);
    expect(performance.now() - started).toBeLessThan(500);
  });
});
