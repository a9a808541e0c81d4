/**
 * The rows of an operation: its record, and a marker that stands where its time is, among those that wait or among those that have ended, and says
 * whose it is. Both are in one partition of a tenant and application, and change in one transaction.
 */
import { quoted } from '../../storage/keys.ts';
import { propertiesOfText, textOfProperties } from '../../storage/propertyText.ts';
import type { Operation } from '../operation.ts';
import { type OperationList, placeOf } from '../operationStore.ts';

/** Raised where older code could not read what is written. */
const format = 1;

const letters: Readonly<Record<OperationList, string>> = { waiting: 'w', ended: 'e' };

export const recordKey = (id: string): string => `o|${id}`;

export const markerKey = (operation: Operation): string => {
  const { list, at } = placeOf(operation);
  return `${letters[list]}|${instantKey(at)}|${operation.id}`;
};

export const idOfMarker = (rowKey: string): string => rowKey.slice(rowKey.lastIndexOf('|') + 1);

/** The markers of a list that stand before an instant. */
export const markersBefore = (partitionKey: string, list: OperationList, before: number): string =>
  `PartitionKey eq ${quoted(partitionKey)} and RowKey ge ${quoted(`${letters[list]}|`)} and RowKey lt ${quoted(`${letters[list]}|${instantKey(before)}`)}`;

/** Azurite takes these for ends of lines, and then can't read the transaction. */
const lineSeparators = /[\u2028\u2029]/g;

export const propertiesOf = (operation: Operation): Readonly<Record<string, string | number>> => {
  const text = JSON.stringify(operation).replace(lineSeparators, (one) => `\\u${one.charCodeAt(0).toString(16)}`);
  return { format, ...propertiesOfText(text) };
};

export const operationOf = (properties: Readonly<Record<string, unknown>>): Operation => {
  if (properties.format === format) return JSON.parse(textOfProperties(properties)) as Operation;
  throw new Error(`A row in the table of operations has the format ${properties.format}; this gateway reads ${format}`);
};

/** Sorts as the instants do. */
const instantKey = (instant: number): string =>
  Math.min(Math.max(0, Math.ceil(instant)), Number.MAX_SAFE_INTEGER)
    .toString()
    .padStart(16, '0');
