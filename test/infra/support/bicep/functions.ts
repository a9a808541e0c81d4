/** As many of Bicep's functions as say something before there is an Azure. */

export type Value = string | number | boolean | null | readonly Value[] | { readonly [name: string]: Value };

/** What only Azure knows. */
export const unknown = (source: string): string => `<${source}>`;

export const isUnknown = (value: Value): value is string =>
  typeof value === 'string' && value.startsWith('<') && value.endsWith('>');

const text = (value: Value | undefined): string => String(value ?? '');

const isEmpty = (value: Value | undefined): boolean => {
  if (value === null || value === undefined || value === '') return true;
  return typeof value === 'object' && Object.keys(value).length === 0;
};

const endOf = (value: Value | undefined, at: 0 | -1): Value =>
  (Array.isArray(value) ? value.at(at) : text(value).at(at)) ?? null;

export const functions: Readonly<Record<string, (given: readonly Value[]) => Value>> = {
  empty: ([value]) => isEmpty(value),
  union: (given) => (Array.isArray(given[0]) ? [...new Set(given.flat())] : Object.assign({}, ...given)),
  concat: (given) => (Array.isArray(given[0]) ? given.flat() : given.join('')),
  split: ([value, by]) => text(value).split(text(by)),
  replace: ([value, find, by]) => text(value).replaceAll(text(find), text(by)),
  trim: ([value]) => text(value).trim(),
  toLower: ([value]) => text(value).toLowerCase(),
  startsWith: ([value, start]) => text(value).startsWith(text(start)),
  endsWith: ([value, end]) => text(value).endsWith(text(end)),
  first: ([value]) => endOf(value, 0),
  last: ([value]) => endOf(value, -1),
  string: ([value]) => text(value),
  int: ([value]) => Number(value),
};
