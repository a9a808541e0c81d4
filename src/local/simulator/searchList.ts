/** A search through a list of rows that nobody holds: what is kept of each is its place, and what it is ordered by. */
import { applyOrderBy, type OrderKey } from '../../odata/orderBy.ts';
import { type List, listOf } from './fleet/list.ts';

type Row = Readonly<Record<string, unknown>>;

export interface Search {
  fits(row: Row): boolean;
  readonly orderBy: readonly OrderKey[] | undefined;
  /** How many are enough; the search ends there. */
  readonly enough: number;
}

/** Those that fit, in order. A second for 200,000 rows. */
export const searchList = (rows: List<Row>, { fits, orderBy, enough }: Search): List<Row> => {
  const names = orderBy?.map(({ steps }) => steps[0] ?? '') ?? [];
  const found: Found[] = [];
  let place = -1;
  for (const row of rows) {
    place += 1;
    if (fits(row)) found.push({ ...Object.fromEntries(names.map((name) => [name, row[name]])), $place: place });
    if (found.length >= enough) break;
  }
  const ordered = orderBy ? applyOrderBy(orderBy, found) : found;
  const places = Uint32Array.from(ordered, ({ $place }) => $place);
  return listOf(places, (each) => rows.at(each) ?? {});
};

interface Found extends Row {
  readonly $place: number;
}
