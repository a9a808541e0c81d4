/**
 * A process's hour of spend in its stored form: names once, counts as numbers of as many bytes as they need. An hour of 1,500 calls takes
 * at most 8 KB.
 */
import { priorityClasses } from './priorityClass.ts';
import type { Spent } from './spend.ts';

/** The row as the store keeps it: flat properties. */
export interface StoredSpend {
  readonly format: number;
  /** JSON lists of names. */
  readonly quotas: string;
  readonly callers: string;
  /** For each count five numbers: minutes since the one before, quota, kind, caller, count. */
  readonly counts: Uint8Array;
}

const format = 1;
const kinds = [...priorityClasses, 'ledger'] as const;
const fields = 5;

/** @param spent oldest first */
export const encodeSpend = (spent: readonly Spent[]): StoredSpend => {
  const quotas = namesOf(spent.map(({ quota }) => quota));
  const callers = namesOf(spent.map(({ caller }) => caller));
  const numbers = spent.flatMap(({ minute, quota, kind, caller, count }, i) => [
    minute - (spent[i - 1]?.minute ?? 0),
    quotas.indexOf(quota),
    kinds.indexOf(kind),
    callers.indexOf(caller),
    count,
  ]);
  return { format, quotas: JSON.stringify(quotas), callers: JSON.stringify(callers), counts: pack(numbers) };
};

/** @throws Error where the row is spoilt, or written by a newer gateway */
export const decodeSpend = (stored: Readonly<Record<string, unknown>>): Spent[] => {
  if (stored.format !== format) throw new Error(`the row has format ${stored.format}`);
  const quotas = readNames(stored.quotas);
  const callers = readNames(stored.callers);
  const numbers = unpack(stored.counts);
  let minute = 0;
  return Array.from({ length: numbers.length / fields }, (_, i): Spent => {
    const [later = 0, quota = -1, kind = -1, caller = -1, count = 0] = numbers.slice(i * fields, (i + 1) * fields);
    minute += later;
    return {
      minute,
      quota: named(quotas, quota),
      kind: named(kinds, kind),
      caller: named(callers, caller),
      count,
    };
  });
};

const namesOf = (all: readonly string[]): readonly string[] => [...new Set(all)];

const readNames = (text: unknown): readonly string[] => {
  const names: unknown = JSON.parse(String(text));
  if (Array.isArray(names) && names.every((name) => typeof name === 'string')) return names;
  throw new Error('a list of names is none');
};

const named = <T>(names: readonly T[], index: number): T => {
  const name = names[index];
  if (name === undefined) throw new Error(`there is no name ${index}`);
  return name;
};

const pack = (numbers: readonly number[]): Uint8Array => {
  const bytes: number[] = [];
  for (const number of numbers) {
    let left = number;
    for (; left >= 0x80; left = Math.floor(left / 0x80)) bytes.push((left % 0x80) | 0x80);
    bytes.push(left);
  }
  return Uint8Array.from(bytes);
};

const unpack = (stored: unknown): number[] => {
  if (!(stored instanceof Uint8Array)) throw new Error('the counts are not binary');
  const numbers: number[] = [];
  let number = 0;
  let weight = 1;
  for (const byte of stored) {
    number += (byte & 0x7f) * weight;
    weight *= 0x80;
    if (byte & 0x80) continue;
    numbers.push(number);
    number = 0;
    weight = 1;
  }
  if (weight !== 1 || numbers.length % fields !== 0) throw new Error('the counts end in the middle');
  return numbers;
};
