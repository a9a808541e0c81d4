/**
 * The query options of a list as Defender reads them, in the words of Microsoft's OData library where they are wrong.
 */
import { canEvaluate } from '../../odata/canEvaluate.ts';
import { type EntityType, findProperty } from '../../odata/edm.ts';
import type { Expression } from '../../odata/expression.ts';
import { parseFilter } from '../../odata/filter.ts';
import { type OrderKey, parseOrderBy } from '../../odata/orderBy.ts';
import { parseSelect } from '../../odata/select.ts';
import type { QueryOption } from './call.ts';
import type { Dialect } from './dialect.ts';
import { filterFault } from './filterFault.ts';
import { unfilterable } from './unfilterable.ts';

export interface ListOptions {
  readonly filter?: Expression;
  readonly top?: number;
  readonly skip: number;
  readonly select?: readonly string[];
  readonly orderBy?: readonly OrderKey[];
  readonly count: boolean;
  readonly expand?: string;
}

/** What a list can be asked by. */
export interface ListType {
  readonly entity: EntityType;
  readonly filterable: readonly string[];
  readonly mostTop: number;
  readonly expandable: readonly string[];
}

export type ReadOptions = { readonly kind: 'options'; readonly options: ListOptions } | Wrong;
interface Wrong {
  readonly kind: 'wrong';
  readonly message: string;
}

/** Reads them. Empty options, and those without a dollar sign, count for nothing. */
export const listOptions = (query: readonly QueryOption[], type: ListType, dialect: Dialect): ReadOptions => {
  let options: ListOptions = { skip: 0, count: false };
  for (const { name, value } of query) {
    if (!name.startsWith('$') || value.trim() === '') continue;
    const read =
      readers[name.toLowerCase()]?.(value, type, dialect) ?? wrong(`The query option '${name}' is not supported.`);
    if ('kind' in read) return read;
    options = { ...options, ...read };
  }
  return { kind: 'options', options };
};

const wrong = (message: string): Wrong => ({ kind: 'wrong', message });

type Reader = (value: string, type: ListType, dialect: Dialect) => Partial<ListOptions> | Wrong;

const filter: Reader = (value, type, dialect) => {
  const read = parseFilter(value, type.entity);
  if (read.kind === 'wrong')
    return wrong(`The query specified in the URI is not valid. ${read.message} at position ${read.position}.`);
  const fault = filterFault(read.expression, value, dialect);
  if (fault !== undefined) return wrong(`The query specified in the URI is not valid. ${fault}`);
  const property = unfilterable(read.expression, type.filterable);
  if (property !== undefined) return wrong(`The property '${property}' cannot be used in the $filter query option.`);
  const able = canEvaluate(read.expression);
  return able.kind === 'evaluable' ? { filter: read.expression } : wrong(`'${able.what}' is not supported.`);
};

const whole = (option: string, value: string): number | Wrong =>
  /^\d{1,9}$/.test(value.trim())
    ? Number(value)
    : wrong(`Invalid value '${value}' for ${option} query option found. It requires a non-negative integer value.`);

const top: Reader = (value, { mostTop }) => {
  const rows = whole('$top', value);
  if (typeof rows !== 'number') return rows;
  return rows <= mostTop
    ? { top: rows }
    : wrong(
        `The limit of '${mostTop}' for Top query has been exceeded. The value from the incoming request is '${rows}'.`,
      );
};

const skip: Reader = (value) => {
  const rows = whole('$skip', value);
  return typeof rows === 'number' ? { skip: rows } : rows;
};

const select: Reader = (value, { entity }) => {
  const paths = parseSelect(value);
  const unknown = paths?.find((path) => !isKnown(path, entity));
  if (unknown !== undefined) return unknownProperty(unknown, entity);
  return paths ? { select: paths } : {};
};

const orderBy: Reader = (value, { entity }) => {
  const read = parseOrderBy(value);
  if (read.kind === 'wrong') return wrong(`The query specified in the URI is not valid. ${read.message}.`);
  const names = read.keys.map(({ steps }) => steps[0] ?? '');
  const unknown = names.find((name) => !isKnown(name, entity));
  return unknown === undefined ? { orderBy: read.keys } : unknownProperty(unknown, entity);
};

const isKnown = (path: string, entity: EntityType): boolean =>
  findProperty(entity, path.split('/')[0] ?? '') !== undefined;

const count: Reader = (value) => {
  if (value === 'true' || value === 'false') return { count: value === 'true' };
  return wrong(`Invalid value '${value}' for $count query option found.`);
};

const expand: Reader = (value, { expandable }) =>
  expandable.includes(value) ? { expand: value } : wrong(`The query option '$expand=${value}' is not supported.`);

const unknownProperty = (name: string, { name: type }: EntityType): Wrong =>
  wrong(`The query specified in the URI is not valid. Could not find a property named '${name}' on type '${type}'.`);

const readers: Readonly<Record<string, Reader>> = {
  $filter: filter,
  $top: top,
  $skip: skip,
  $select: select,
  $orderby: orderBy,
  $count: count,
  $expand: expand,
};
