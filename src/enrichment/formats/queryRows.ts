/**
 * Rows of what a query answered: `{"tables":[{"columns":[{"name":"…"}],"rows":[["…"]]}]}` ("Azure Monitor Log Analytics API response format").
 */
import { isObject, listOf, type Members, membersOf, textOf, within } from './members.ts';

export interface PlacedRow {
  readonly row: Members;
  readonly place: string;
}

/** @returns undefined where the value is no such answer, or no columns are those of alerts */
export const queryRows = (value: unknown, place: string): readonly PlacedRow[] | undefined => {
  const tables = isObject(value) ? listOf(value.tables) : [];
  if (!tables.some(isOfAlerts)) return undefined;
  return tables.flatMap((table, index) =>
    isOfAlerts(table) ? rowsOf(table, within(place, `tables[${index}].rows`)) : [],
  );
};

const isOfAlerts = (table: unknown): boolean =>
  columnsOf(table).some((name) => name === 'SystemAlertId' || name === 'VendorOriginalId');

const columnsOf = (table: unknown): readonly string[] =>
  listOf(membersOf(table).columns).map((column) => textOf(membersOf(column).name) ?? '');

const rowsOf = (table: unknown, place: string): readonly PlacedRow[] => {
  const names = columnsOf(table);
  const named = (row: unknown) => Object.fromEntries(listOf(row).map((cell, index) => [names[index] ?? '', cell]));
  return listOf(membersOf(table).rows).map((row, index) => ({ row: named(row), place: `${place}[${index}]` }));
};
