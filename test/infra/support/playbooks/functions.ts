/** Functions of Logic Apps that depend on nothing but their arguments and the time; they refuse what the real ones refuse. */
import { isDeepStrictEqual } from 'node:util';
import { asText, type Functions } from './expression.ts';

type Row = Readonly<Record<string, unknown>>;

export const pureFunctions: Functions = {
  add: (one, other) => number(one) + number(other),
  addHours: (instant, hours) => new Date(Date.parse(text(instant)) + number(hours) * 3_600_000).toISOString(),
  and: (...given) => given.every(isTrue),
  coalesce: (...given) => given.find((each) => each !== null && each !== undefined) ?? null,
  concat: (...given) => given.map(asText).join(''),
  contains: (given, wanted) =>
    typeof given === 'string'
      ? given.includes(text(wanted))
      : list(given).some((each) => isDeepStrictEqual(each, wanted)),
  createArray: (...given) => given,
  decodeUriComponent: (given) => decodeURIComponent(text(given)),
  empty: (given) =>
    given === null || (typeof given === 'object' ? Object.keys(given as Row) : text(given)).length === 0,
  encodeURIComponent: (given) => encodeURIComponent(text(given)),
  equals: (one, other) => isDeepStrictEqual(one, other),
  first: (given) => list(given)[0] ?? null,
  greater: (one, other) => number(one) > number(other),
  if: (condition, yes, no) => (isTrue(condition) ? yes : no),
  join: (given, by) => list(given).map(asText).join(text(by)),
  json: (given) => JSON.parse(text(given)),
  length: (given) => (typeof given === 'string' ? given : list(given)).length,
  lessOrEquals: (one, other) => number(one) <= number(other),
  mul: (one, other) => number(one) * number(other),
  not: (given) => !isTrue(given),
  or: (...given) => given.some(isTrue),
  /** Of no numbers it is not said what comes. */
  range: (from, count) => {
    if (number(count) < 1) throw new Error('range of nothing');
    return Array.from({ length: number(count) }, (_, index) => number(from) + index);
  },
  replace: (given, old, by) => text(given).replaceAll(text(old), text(by)),
  split: (given, by) => text(given).split(text(by)),
  string: (given) => asText(given),
  take: (given, count) => (typeof given === 'string' ? given : list(given)).slice(0, number(count)),
  ticks: (instant) => Date.parse(text(instant)) * 10_000,
  union: (...given) =>
    given
      .flatMap(list)
      .filter((each, index, all) => all.findIndex((other) => isDeepStrictEqual(each, other)) === index),
  utcNow: () => new Date().toISOString(),
};

const text = (given: unknown): string => {
  if (typeof given !== 'string') throw new Error(`${JSON.stringify(given)} is no text`);
  return given;
};

const number = (given: unknown): number => {
  if (typeof given !== 'number' || Number.isNaN(given)) throw new Error(`${JSON.stringify(given)} is no number`);
  return given;
};

const list = (given: unknown): readonly unknown[] => {
  if (!Array.isArray(given)) throw new Error(`${JSON.stringify(given)} is no list`);
  return given;
};

const isTrue = (given: unknown): boolean => {
  if (typeof given !== 'boolean') throw new Error(`${JSON.stringify(given)} is neither true nor false`);
  return given;
};
