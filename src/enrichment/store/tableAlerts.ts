/** What all that is done with the table of alerts has in common: a partition for each part of each tenant and application. */
import type { TransactionAction } from '@azure/data-tables';
import { inParallel } from '../../inParallel.ts';
import type { Bodies } from '../../storage/bodies.ts';
import { partitionKeyOf } from '../../storage/keys.ts';
import type { Found, TableRequests } from '../../storage/tableRequests.ts';
import { unless } from '../../storage/tableService.ts';
import { partOf } from './alertPart.ts';
import type { Properties } from './properties.ts';

export interface AlertTable {
  readonly requests: TableRequests;
  readonly bodies: Bodies;
  readonly parts: number;
  partitionOf(key: string): string;
  partition(part: number): string;
  /** A row by its key. @param select only these of its properties, without its ETag */
  at(partitionKey: string, rowKey: string, select?: string[]): Promise<Found | undefined>;
  /** In all parts. */
  inParts<T>(ask: (partitionKey: string) => Promise<readonly T[]>): Promise<readonly T[]>;
}

/** How many requests of one question go at once. */
export const mostAtOnce = 16;

/** Entities of a transaction ("Performing entity group transactions"). */
export const mostInTransaction = 100;

export const alertTable = (requests: TableRequests, bodies: Bodies, owner: string, parts: number): AlertTable => {
  const partitions = Array.from({ length: parts }, (_, part) =>
    partitionKeyOf(owner, part.toString().padStart(2, '0')),
  );
  const partition = (part: number): string => partitions[part] ?? '';
  return {
    requests,
    bodies,
    parts,
    partition,
    partitionOf: (key) => partition(partOf(key, parts)),
    at: (partitionKey, rowKey, select) =>
      requests.again((client, within) => {
        const options = { ...within, ...(select && { queryOptions: { select } }) };
        return unless([404], () => client.getEntity<Record<string, unknown>>(partitionKey, rowKey, options));
      }),
    inParts: async (ask) => (await inParallel(partitions, mostAtOnce, ask)).flat(),
  };
};

export const put = (partitionKey: string, rowKey: string, properties: Properties): TransactionAction => [
  'upsert',
  { partitionKey, rowKey, ...properties },
  'Replace',
];

export const created = (partitionKey: string, rowKey: string, properties: Properties): TransactionAction => [
  'create',
  { partitionKey, rowKey, ...properties },
];

export const removed = (partitionKey: string, rowKey: string): TransactionAction => [
  'delete',
  { partitionKey, rowKey },
];
