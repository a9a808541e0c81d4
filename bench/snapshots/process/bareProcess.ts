/** The bare loop, in a process of its own, so that nothing but the table client works in it. */
import { withoutProxy } from '../../../src/local/withoutProxy.ts';
import { environment } from '../../../src/settings.ts';
import { createTable, type RowTransaction, readTransactions, writeAll } from '../measure/bareLoop.ts';
import { readStaged } from '../measure/stagedReading.ts';
import { being } from './being.ts';
import type { FromBare, ToBare } from './messages.ts';

Object.assign(environment(), withoutProxy(environment()));
let held: ReadonlyMap<string, readonly RowTransaction[]> = new Map();

being<ToBare, FromBare>(
  async (message) => {
    if (message.kind === 'read') {
      held = await readTransactions(message.from, message.table, message.transactions);
      return { kind: 'hasRead', rows: rowsIn(held) };
    }
    if (message.kind === 'readStaged')
      return { kind: 'hasReadStaged', seconds: await readStaged(message.from, message.run) };
    const { to, table, lanes, most = held.size } = message;
    const partitions = [...held.values()].slice(0, most);
    const client = await createTable(to, table);
    const started = performance.now();
    await writeAll(client, partitions, lanes);
    const seconds = (performance.now() - started) / 1000;
    return { kind: 'wrote', seconds, entities: rowsIn(new Map(partitions.entries())) };
  },
  async () => undefined,
);

const rowsIn = (partitions: ReadonlyMap<unknown, readonly RowTransaction[]>): number =>
  [...partitions.values()].flat().reduce((sum, { chunks }) => sum + chunks.length + 1, 0);
