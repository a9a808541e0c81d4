import { valueAt } from './evaluate.ts';
import { compareValues } from './evaluation/compareValues.ts';
import { asTicks, type Entity, type Value } from './evaluation/value.ts';

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
  const rows = entities.map((entity) => ({
    entity,
    values: keys.map(({ steps }) => sortable(valueAt(steps, entity))),
  }));
  return rows.sort((a, b) => orderOf(keys, a.values, b.values)).map(({ entity }) => entity);
};

/** A value, and what it is in ticks: reading an instant takes longer than comparing it. */
interface Sortable {
  readonly value: Value;
  readonly ticks: bigint | undefined;
}

const sortable = (value: Value): Sortable => ({ value, ticks: asTicks(value) });

const orderOf = (keys: readonly OrderKey[], a: readonly Sortable[], b: readonly Sortable[]): number => {
  for (const [i, { descending }] of keys.entries()) {
    const order = withNulls(a[i] ?? nothing, b[i] ?? nothing);
    if (order !== 0) return descending ? -order : order;
  }
  return 0;
};

const nothing = sortable(null);

const withNulls = (a: Sortable, b: Sortable): number => {
  if (a.value === null || b.value === null) return Number(a.value !== null) - Number(b.value !== null);
  if (a.ticks !== undefined && b.ticks !== undefined) return Number(a.ticks > b.ticks) - Number(a.ticks < b.ticks);
  return compareValues(a.value, b.value) ?? 0;
};
