import * as fc from 'fast-check';
import { fixturesOf } from './fixture.ts';

/** Any JSON, and the fixtures of a format with one value in them replaced or removed. */
export const anythingLike = (format: string): fc.Arbitrary<unknown> =>
  fc.oneof(fc.jsonValue(), fc.constantFrom(...fixturesOf(format)).chain(mutated));

const mutated = (value: unknown): fc.Arbitrary<unknown> => {
  const text = JSON.stringify(value);
  const any = fc.option(fc.oneof(fc.jsonValue(), fc.constantFrom('', '  ', 'NA', {}, [], [null])), { nil: undefined });
  return fc.tuple(fc.nat(valuesIn(text) - 1), any).map(([at, other]) => replaced(text, at, other));
};

const valuesIn = (text: string): number => {
  let count = 0;
  JSON.parse(text, (_, value) => {
    count++;
    return value;
  });
  return count;
};

/** @param at which value, the innermost first @param other undefined removes it */
const replaced = (text: string, at: number, other: unknown): unknown => {
  let number = 0;
  const changed: unknown = JSON.parse(text, (_, value) => (number++ === at ? other : value));
  return JSON.parse(JSON.stringify(changed) ?? 'null');
};
