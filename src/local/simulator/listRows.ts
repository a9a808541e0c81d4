import { evaluateFilter } from '../../odata/evaluate.ts';
import { applyOrderBy } from '../../odata/orderBy.ts';
import { applySelect } from '../../odata/select.ts';
import { candidates } from './candidates.ts';
import { matchesCase } from './caseCompared.ts';
import type { Dialect } from './dialect.ts';
import type { List } from './fleet/list.ts';
import type { ListOptions } from './listOptions.ts';
import { rowText } from './rowText.ts';
import { searchList } from './searchList.ts';

type Row = Readonly<Record<string, unknown>>;

export interface Page {
  /**
   * How many rows the filter lets through, before paging. Where they are not to be counted and the fleet is big, no more than it takes to know
   * whether there is another page.
   */
  readonly matching: number;
  readonly rows: readonly object[];
  /** A row as it stands in an answer; kept with the row where the row is kept. */
  textOf(row: object): string;
}

/**
 * The rows that a query asks for: filtered, ordered, paged, with the chosen properties.
 *
 * @param most rows in the page where `$top` does not say fewer
 */
export const listRows = (all: List<object>, options: ListOptions, most: number, dialect: Dialect): Page => {
  const { skip, top = most, select } = options;
  const found = rowsThatFit(all as List<Row>, options, most, dialect);
  const page = found.slice(skip, skip + Math.min(top, most));
  const textOf = isArray(found) && !select ? rowText : (row: object) => JSON.stringify(row);
  return { matching: found.length, rows: select ? page.map((row) => applySelect(select, row)) : page, textOf };
};

const rowsThatFit = (rows: List<Row>, options: ListOptions, most: number, dialect: Dialect): List<Row> => {
  const { filter, orderBy, skip, top = most, count } = options;
  if (!filter && !orderBy) return rows;
  const matches = dialect.comparesCase ? matchesCase : evaluateFilter;
  const fits = (row: Row): boolean => !filter || matches(filter, row);
  if (!isArray(rows)) {
    const enough = count || orderBy ? Number.POSITIVE_INFINITY : Math.max(most, skip + Math.min(top, most)) + 1;
    return searchList(rows, { fits, orderBy, enough });
  }
  const fitting = filter ? candidates(rows, filter).filter(fits) : rows;
  return orderBy ? applyOrderBy(orderBy, fitting) : fitting;
};

const isArray = (rows: List<Row>): rows is List<Row> & readonly Row[] => Array.isArray(rows);
