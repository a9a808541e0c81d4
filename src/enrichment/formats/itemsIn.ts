/**
 * How many things a value may turn out to hold, by the length of the lists that formats look into, so that a body of nothing but commas is refused
 * before anybody reads it: reading goes in one go, and all else of the process stands still meanwhile.
 */
import { isObject, listOf, membersOf } from './members.ts';

/** Alerts, and what is none, in one go. The rows of 4 MiB that Defender XDR streams are fewer, alerts or not. */
export const mostItems = 20_000;

/** At least one; of a list those of each that stands in it. */
export const itemsIn = (value: unknown): number =>
  sum(Array.isArray(value) ? value : [value], (one) => itemsInOne(one) + sum(listOf(membersOf(one).value), itemsInOne));

const itemsInOne = (value: unknown): number => {
  if (!isObject(value)) return 1;
  const { records, alerts, machineIds, properties, object, tables } = value;
  const ofIncidents = [membersOf(properties).alerts, membersOf(membersOf(object).properties).alerts];
  const lists = [records, alerts, machineIds, ...ofIncidents];
  const rows = sum(listOf(tables), (table) => 1 + listOf(membersOf(table).rows).length);
  return Math.max(1, sum(lists, (list) => listOf(list).length) + rows);
};

const sum = <T>(list: readonly T[], count: (one: T) => number): number =>
  list.reduce((total, one) => total + count(one), 0);

/** @param most alerts that are taken in one go */
export const tooManyItems = (count: number, most: number): string =>
  `There are ${count} items; ${Math.min(most, mostItems)} alerts are the most in one go, among ${mostItems} items. Send them in parts.`;
