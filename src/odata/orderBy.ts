import { valueAt } from './evaluate.ts';
import { compareValues } from './evaluation/compareValues.ts';
import type { Entity, Value } from './evaluation/value.ts';

/** One key of `$orderby`. */
export interface OrderKey {
  readonly steps: readonly string[];
  readonly descending: boolean;
}

/**
 * Reads `$orderby` as properties with a direction, such as `lastSeen desc,computerDnsName`.
 *
 * @returns `wrong` also for what OData allows besides, such as `length(id)`
 */
export const parseOrderBy = (
  text: string,
):
  | { readonly kind: 'order'; readonly keys: readonly OrderKey[] }
  | { readonly kind: 'wrong'; readonly message: string } => {
  const keys: OrderKey[] = [];
  for (const item of text.split(',').map((each) => each.trim())) {
    const [path = '', direction = 'asc', ...more] = item.split(/\s+/);
    const known = direction === 'asc' || direction === 'desc';
    if (!/^\w+(?:\/\w+)*$/.test(path) || !known || more.length > 0)
      return { kind: 'wrong', message: `$orderby: '${item}' is not a property, with asc or desc behind it` };
    keys.push({ steps: path.split('/'), descending: direction === 'desc' });
  }
  return { kind: 'order', keys };
};

/** The entities in order; equal ones keep theirs. Null is less than anything, texts compare without regard to case. */
export const applyOrderBy = <T extends Entity>(keys: readonly OrderKey[], entities: readonly T[]): readonly T[] => {
  const rows = entities.map((entity) => ({ entity, values: keys.map(({ steps }) => valueAt(steps, entity)) }));
  return rows.sort((a, b) => orderOf(keys, a.values, b.values)).map(({ entity }) => entity);
};

const orderOf = (keys: readonly OrderKey[], a: readonly Value[], b: readonly Value[]): number => {
  for (const [i, { descending }] of keys.entries()) {
    const order = withNulls(a[i] ?? null, b[i] ?? null);
    if (order !== 0) return descending ? -order : order;
  }
  return 0;
};

const withNulls = (a: Value, b: Value): number =>
  a === null || b === null ? Number(a !== null) - Number(b !== null) : (compareValues(a, b) ?? 0);
