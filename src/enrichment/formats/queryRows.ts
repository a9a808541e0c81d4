/**
 * Rows of what a query answered: `{"tables":[{"columns":[{"name":"…"}],"rows":[["…"]]}]}` ("Azure Monitor Log Analytics API response format").
 */
import { isObject, listOf, membersOf, textOf, within } from './members.ts';

export interface PlacedRow {
  readonly row: unknown;
  readonly place: string;
}

/** @returns undefined where the value is no such answer, or its columns are of no alerts */
export const queryRows = (value: unknown, place: string): readonly PlacedRow[] | undefined => {
  const tables = isObject(value) ? listOf(value.tables) : [];
  const isOfAlerts = tables.some(
    (table) => columnsOf(table).includes('SystemAlertId') || columnsOf(table).includes('VendorOriginalId'),
  );
  return isOfAlerts
    ? tables.flatMap((table, index) => rowsOf(table, within(place, `tables[${index}].rows`)))
    : undefined;
};

const columnsOf = (table: unknown): readonly string[] =>
  listOf(membersOf(table).columns).map((column) => textOf(membersOf(column).name) ?? '');

const rowsOf = (table: unknown, place: string): readonly PlacedRow[] => {
  const names = columnsOf(table);
  const named = (row: unknown) => Object.fromEntries(listOf(row).map((cell, index) => [names[index] ?? '', cell]));
  return listOf(membersOf(table).rows).map((row, index) => ({ row: named(row), place: `${place}[${index}]` }));
};
