import { defaultParser } from '@odata/parser';
import * as fc from 'fast-check';
import { collection, type EntityType, scalar } from '../../src/odata/edm.ts';
import type { Expression } from '../../src/odata/expression.ts';
import { parseFilter } from '../../src/odata/filter.ts';
import { partsOf } from '../../src/odata/parts.ts';
import { law } from '../support/law.ts';

/**
 * `@odata/parser` is a second opinion on what is a filter. It knows no types, so neither do these properties; and it
 * differs from Microsoft's library, which we follow, in what is left out here: `in`, chains of comparisons, `not(`
 * without a blank, blanks at either end, blanks left out beside quotes and parentheses, `cast`, `1L`, `1e3`, `+5`.
 */
const anything: EntityType = {
  kind: 'complex',
  name: 'thing',
  properties: { a: scalar('unknown'), b: scalar('unknown'), c: scalar('unknown'), list: collection(scalar('unknown')) },
};

const weAccept = (filter: string): boolean => parseFilter(filter, anything).kind === 'filter';

const theyAccept = (filter: string): boolean => {
  try {
    defaultParser.filter(filter);
    return true;
  } catch {
    return false;
  }
};

const names = fc.constantFrom('a', 'b', 'c');
const values = fc.constantFrom(
  'a',
  "'x'",
  "'O''Brien'",
  '1',
  '-5',
  '1.5',
  'null',
  '2018-08-01',
  '2018-08-01T00:00:00Z',
);
const comparing = fc.constantFrom('eq', 'ne', 'gt', 'ge', 'lt', 'le');
const whole = fc.constantFrom<string[][]>(
  ['length(a)', 'gt', '1'],
  ['tolower(a)', 'eq', "'x'"],
  ['a', 'add', '1', 'mul', 'b', 'eq', '3'],
  ["contains(a,'x')"],
  ["startswith( a , 'x' )"],
  ["endswith(tolower(a),'x')"],
  ["list/any(t: t eq 'x')"],
  ['a'],
  ['true'],
);

/** Filters as their words; a call is one. */
const { condition } = fc.letrec<{ condition: string[] }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 4 },
    fc.tuple(names, comparing, values),
    fc.tuple(values, comparing, names),
    whole,
    fc.tuple(tie('condition'), fc.constantFrom('and', 'or'), tie('condition')).map((parts) => parts.flat()),
    tie('condition').map((inner) => ['(', ...inner, ')']),
    tie('condition').map((inner) => ['not', '(', ...inner, ')']),
  ),
}));

const damages = {
  'a word missing': (words: string[], at: number) => words.toSpliced(at, 1),
  'a word twice': (words: string[], at: number) => words.toSpliced(at, 0, ...words.slice(at, at + 1)),
  'two words exchanged': (words: string[], at: number) => words.toSpliced(at, 2, ...words.slice(at, at + 2).reverse()),
};

/** Types, which the oracle does not know, and chains of comparisons, which it refuses. */
const leftOut = (filter: string): boolean => {
  const read = parseFilter(filter, anything);
  if (read.kind === 'filter') return hasChain(read.expression);
  return /must be a condition|takes a condition|takes a number|cannot be used|stands? without quotes| is .* and .* is /.test(
    read.message,
  );
};

const hasChain = (expression: Expression): boolean =>
  (expression.kind === 'comparison' && expression.left.kind === 'comparison') || partsOf(expression).some(hasChain);

describe('parseFilter and @odata/parser', () => {
  it('both take every filter of the grammar that they share', () => {
    law(
      fc.property(condition, (words) => {
        const filter = words.join(' ');
        expect([weAccept(filter), theyAccept(filter)]).toEqual([true, true]);
      }),
    );
  });

  it.each(Object.entries(damages))('both judge alike of a filter with %s', (_, damage) => {
    law(
      fc.property(condition, fc.nat(), (words, seed) => {
        const filter = damage(words, seed % words.length).join(' ');
        fc.pre(filter !== '' && !leftOut(filter));
        expect([filter, weAccept(filter)]).toEqual([filter, theyAccept(filter)]);
      }),
    );
  });
});
