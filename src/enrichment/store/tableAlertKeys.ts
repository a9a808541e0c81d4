/**
 * Where the rows of an alert stand: all in the partition of its part, each kind under a letter of its own, so that what is open, or ended
 * long ago, is a range. Each record has one marker, which says what is to be done about it, and when; it changes in the transaction that
 * changes the record.
 */
import { createHash } from 'node:crypto';
import { keyOf, quoted } from '../../storage/keys.ts';
import type { DeliveryId } from '../delivery.ts';
import type { AlertRecord } from '../record.ts';
import { digits, instantKey } from './instantKey.ts';

export type RowKind = 'record' | 'original' | 'result' | 'delivery' | 'undelivered' | 'waiting' | 'failed' | 'ended';

const letters: Readonly<Record<RowKind, string>> = {
  record: 'a',
  original: 'o',
  result: 'r',
  delivery: 'x',
  undelivered: 'd',
  waiting: 'w',
  failed: 'f',
  ended: 'e',
};

/** Characters of a key as it stands in row keys, which hold 512 at most ("Understanding the Table service data model": 1 KiB of UTF-16). */
const mostInName = 200;
const hashDigits = 64;

/** A long one is cut, and told apart by its hash: no escape has a full stop. */
export const nameOf = (key: string): string => {
  const name = keyOf(key);
  if (name.length <= mostInName) return name;
  return `${name.slice(0, mostInName - hashDigits)}.${createHash('sha256').update(key).digest('hex')}`;
};

export const recordKey = (key: string): string => keyFor('record', nameOf(key));

export const originalKey = (key: string): string => keyFor('original', nameOf(key));

export const resultKey = (key: string, sequence: number): string => keyFor('result', nameOf(key), digits(sequence, 10));

export const deliveryKey = ({ key, sequence, channel }: DeliveryId): string =>
  keyFor('delivery', nameOf(key), digits(sequence, 10), channel);

/** Stands there until it is delivered or given up. */
export const undeliveredKey = ({ key, sequence, channel }: DeliveryId): string =>
  keyFor('undelivered', nameOf(key), digits(sequence, 10), channel);

/** Where a body of it stands among others. */
export const bodyPlace = (partitionKey: string, key: string, ...rest: readonly string[]): string =>
  [partitionKey, nameOf(key), ...rest].join('/');

/** By when it is due while it waits, then by when it ended. */
export const markerKey = ({ key, state, due, finishedAt = '' }: AlertRecord): string => {
  if (state === 'waiting') return keyFor('waiting', instantKey(due), nameOf(key));
  return keyFor(state === 'failed' ? 'failed' : 'ended', instantKey(Date.parse(finishedAt)), nameOf(key));
};

/** All rows of a kind in a partition, or those that have the same beginning. */
export const rowsOf = (partitionKey: string, kind: RowKind, ...beginning: readonly string[]): string => {
  const lowest = keyFor(kind, ...beginning);
  return `${inPartition(partitionKey)} and RowKey ge ${quoted(`${lowest}|`)} and RowKey lt ${quoted(`${lowest}}`)}`;
};

/** Those of a kind that sorts by instants, before one. */
export const rowsBefore = (partitionKey: string, kind: RowKind, instant: number): string =>
  `${inPartition(partitionKey)} and RowKey ge ${quoted(keyFor(kind, ''))} and RowKey lt ${quoted(keyFor(kind, instantKey(instant)))}`;

const inPartition = (partitionKey: string): string => `PartitionKey eq ${quoted(partitionKey)}`;

const keyFor = (kind: RowKind, ...rest: readonly string[]): string => [letters[kind], ...rest].join('|');
