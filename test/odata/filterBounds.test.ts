import * as fc from 'fast-check';
import { machineType } from '../../src/defender/machineType.ts';
import { evaluateFilter } from '../../src/odata/evaluate.ts';
import { mostCharacters, parseFilter } from '../../src/odata/filter.ts';
import { printFilter } from '../../src/odata/print.ts';
import { law } from '../support/law.ts';

const pieces = [
  ...["'", "''", '"', '(', ')', ',', '/', ':', '-', '=', '!', '@', '$', '.', ' ', '\t', '\u{1F642}', '\uD800'],
  ...['eq', 'EQ', 'ne', 'in', 'and', 'or', 'not', 'add', 'any', 'all', 'contains', 'cast', 'isof', 'Edm.String'],
  ...['healthStatus', 'machineTags', 'lastSeen', 'ipAddresses', 'constructor', '__proto__', 't', 'null', 'true'],
  ...["'x'", '1', '1e5', '2018-08-01', '2018-99-99T', "duration'P1D'", '$count', '$it'],
];

const read = (filter: string): void => {
  const outcome = parseFilter(filter, machineType);
  if (outcome.kind === 'filter') evaluateFilter(outcome.expression, {});
  else expect(outcome.position).toBeLessThanOrEqual(filter.length + 1);
};

describe('parseFilter, whatever it is given,', () => {
  it('throws nothing for random characters', () => {
    law(fc.property(fc.string({ unit: 'binary', maxLength: 200 }), read));
  });

  it('throws nothing for random words of filters', () => {
    const words = fc.array(fc.tuple(fc.constantFrom(...pieces), fc.constantFrom('', ' ')), { maxLength: 40 });
    law(
      fc.property(words, (chosen) => read(chosen.flat().join(''))),
      3000,
    );
  });

  it('finishes soon for the longest filters of any one piece', () => {
    const started = performance.now();
    for (const piece of pieces) {
      read(piece.repeat(mostCharacters / piece.length));
      read(`${piece} `.repeat(mostCharacters / (piece.length + 1)));
    }
    expect(performance.now() - started).toBeLessThan(5000);
  });

  it.each(['(', 'not ', '-', '- ', 'contains(', 'machineTags/any(t: ', 'id in (', '(not '])(
    'refuses what is nested too deep: %s',
    (opening) => {
      expect(parseFilter(opening.repeat(400), machineType)).toMatchObject({ kind: 'wrong' });
    },
  );

  it('reads 90 levels of parentheses, and not 110', () => {
    const nested = (levels: number): string => `${'('.repeat(levels)}isAadJoined${')'.repeat(levels)}`;
    expect(parseFilter(nested(90), machineType).kind).toBe('filter');
    expect(parseFilter(nested(110), machineType)).toMatchObject({
      kind: 'wrong',
      message: 'the filter is nested more than 100 levels deep',
    });
  });

  it('reads, prints and answers chains of hundreds of conditions', () => {
    const filter = Array.from({ length: 530 }, (_, i) => `id eq '${i}'`).join(' or ');
    const outcome = parseFilter(filter, machineType);
    if (outcome.kind === 'wrong') throw new Error(outcome.message);
    expect(printFilter(outcome.expression)).toBe(filter);
    expect(evaluateFilter(outcome.expression, { id: '529' })).toBe(true);
    expect(evaluateFilter(outcome.expression, { id: '530' })).toBe(false);
  });

  it('refuses more than 8,000 characters', () => {
    const filter = `id eq '${'x'.repeat(mostCharacters)}'`;
    expect(parseFilter(filter, machineType)).toMatchObject({ kind: 'wrong', position: 8001 });
    expect(parseFilter(`id eq '${'x'.repeat(mostCharacters - 8)}'`, machineType).kind).toBe('filter');
  });

  it('is not deceived by names that every JavaScript object has', () => {
    for (const name of ['constructor', '__proto__', 'toString', 'hasOwnProperty'])
      expect(parseFilter(`${name} eq 'x'`, machineType).kind).toBe('wrong');
  });
});
