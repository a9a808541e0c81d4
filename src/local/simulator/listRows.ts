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
  /** As they stand in an answer. */
  readonly rows: readonly string[];
}

/** What of a list is shown, and how. */
export interface PageWish {
  /** Rows in the page where `$top` does not say fewer. */
  readonly most: number;
  readonly dialect: Dialect;
  /** What a row comes to as text, where it is shown whole; its JSON unless told. */
  readonly textOf?: (row: object) => string;
}

/**
 * The rows that a query asks for: filtered, ordered, paged, with the chosen properties. Each is made and written before the next, so that
 * those of a big fleet are never all there.
 */
export const listRows = (all: List<object>, options: ListOptions, { most, dialect, textOf }: PageWish): Page => {
  const { skip, top = most, select } = options;
  const found = rowsThatFit(all as List<Row>, options, most, dialect);
  const whole = textOf ?? (isArray(found) ? rowText : JSON.stringify);
  const written = (row: Row): string => (select ? JSON.stringify(applySelect(select, row)) : whole(row));
  const shown = Math.max(0, Math.min(top, most, found.length - skip));
  return { matching: found.length, rows: Array.from({ length: shown }, (_, at) => written(found.at(skip + at) ?? {})) };
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
