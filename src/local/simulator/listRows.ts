import { evaluateFilter } from '../../odata/evaluate.ts';
import { applyOrderBy } from '../../odata/orderBy.ts';
import { applySelect } from '../../odata/select.ts';
import { candidates } from './candidates.ts';
import { matchesCase } from './caseCompared.ts';
import type { Dialect } from './dialect.ts';
import type { ListOptions } from './listOptions.ts';

type Row = Readonly<Record<string, unknown>>;

export interface Page {
  /** How many rows the filter lets through, before paging. */
  readonly matching: number;
  readonly rows: readonly object[];
}

/**
 * The rows that a query asks for: filtered, ordered, paged, with the chosen properties.
 *
 * @param most rows in the page where `$top` does not say fewer
 */
export const listRows = (all: readonly object[], options: ListOptions, most: number, dialect: Dialect): Page => {
  const { filter, orderBy, skip, top = most, select } = options;
  const rows = all as readonly Row[];
  const fits = dialect.comparesCase ? matchesCase : evaluateFilter;
  const matching = filter ? candidates(rows, filter).filter((row) => fits(filter, row)) : rows;
  const ordered = orderBy ? applyOrderBy(orderBy, matching) : matching;
  const page = ordered.slice(skip, skip + Math.min(top, most));
  return { matching: matching.length, rows: select ? page.map((row) => applySelect(select, row)) : page };
};
