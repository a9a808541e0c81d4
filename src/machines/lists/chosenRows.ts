import type { Clock } from '../../clock.ts';
import { evaluateFilter } from '../../odata/evaluate.ts';
import type { Entity } from '../../odata/evaluation/value.ts';
import type { Expression } from '../../odata/expression.ts';
import { applyOrderBy, type OrderKey } from '../../odata/orderBy.ts';
import type { Page } from './page.ts';
import { entityAt, everyRow } from './pageBody.ts';

export interface Choice {
  readonly filter?: Expression | undefined;
  readonly order: readonly OrderKey[];
  readonly skip?: number | undefined;
  readonly top?: number | undefined;
}

/**
 * Options done here, on the rows that a page has.
 *
 * @returns the rows by their number, in their order, and how many match without `skip` and `top`
 * @throws where one that is looked into is no JSON
 */
export const chosenRows = (
  { answered, sliced }: Page,
  { filter, order, skip = 0, top = Number.POSITIVE_INFINITY }: Choice,
  clock: Pick<Clock, 'wall'>,
): { readonly rows: readonly number[]; readonly matching: number } => {
  const all = everyRow(sliced);
  if (filter === undefined && order.length === 0) return { rows: all.slice(skip, skip + top), matching: all.length };
  const numbers = new Map(all.map((row): [Entity, number] => [entityAt(answered.body, sliced, row), row]));
  const now = new Date(clock.wall()).toISOString();
  const matching = [...numbers.keys()].filter((entity) => filter === undefined || evaluateFilter(filter, entity, now));
  const rows = applyOrderBy(order, matching).map((entity) => numbers.get(entity) ?? 0);
  return { rows: rows.slice(skip, skip + top), matching: matching.length };
};
