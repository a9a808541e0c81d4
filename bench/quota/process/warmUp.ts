/** What a process has to do once in its life, before its first call. */
import type { TableClient } from '@azure/data-tables';
import { warmPath } from '../torture/callPath.ts';

const connections = 8;

/** Opens connections to the upstream, so that no call has to wait for one. */
export const warmUp = async (upstream: string): Promise<void> => {
  const ask = async () => (await fetch(upstream + warmPath)).arrayBuffer();
  await Promise.all(Array.from({ length: connections }, ask));
};

/** The same of the store; by a row that nobody uses. */
export const warmUpTable = async (table: TableClient): Promise<void> => {
  await table.upsertEntity({ partitionKey: 'bench', rowKey: 'warmUp' });
};
