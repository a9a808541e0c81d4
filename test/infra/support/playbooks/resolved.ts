import { type Functions, workedOut } from './expression.ts';

/** A value with every text in it worked out. */
export const resolved = (value: unknown, functions: Functions): unknown => {
  if (typeof value === 'string') return workedOut(value, functions);
  if (Array.isArray(value)) return value.map((each) => resolved(each, functions));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, resolved(each, functions)]));
};

/** @throws Error where it is none */
export const listIn = (value: unknown): readonly unknown[] => {
  if (!Array.isArray(value)) throw new Error(`${JSON.stringify(value)} is no list`);
  return value;
};
