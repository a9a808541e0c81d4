/** The index of runs in Table storage: a partition for the runs of each tenant and application, and one for its notes. */
import type { TableClient } from '@azure/data-tables';
import { type Clock, systemClock } from '../../clock.ts';
import { partitionKeyOf, quoted } from '../../storage/keys.ts';
import { removeRows } from '../../storage/tableRemoval.ts';
import { type TableRequests, tableRequests } from '../../storage/tableRequests.ts';
import { settledWrite, standingOf } from '../../storage/tableSettledWrite.ts';
import type { Run } from '../run.ts';
import type { RunIndex } from '../runIndex.ts';
import { keyOfRun, propertiesOfRun, runOfProperties } from './runRow.ts';
import type { Tally } from './tally.ts';

export interface TableRunIndexOptions {
  /** Tenant and application: whoever sees with the same eyes. */
  readonly partition: string;
  readonly tally: Tally;
  readonly clock?: Clock;
}

/** @param table gives the client; asked for at the first use, so that the SDK is loaded only then */
export const tableRunIndex = (
  table: () => Promise<TableClient>,
  { partition, tally, clock = systemClock }: TableRunIndexOptions,
): RunIndex => {
  const requests = tableRequests(table, { onRequest: () => tally.count('tables'), clock });
  const runs = partitionKeyOf(partition, 'runs');
  const notes = partitionKeyOf(partition, 'notes');
  return {
    async list({ before, top }) {
      const older = before === undefined ? '' : ` and RowKey gt ${quoted(keyOfRun(before))}`;
      const found = await requests.query(`PartitionKey eq ${quoted(runs)}${older}`, { top });
      return found.map(runOfProperties);
    },
    async read(id) {
      const found = await requests.at(runs, keyOfRun(id));
      return found && { value: runOfProperties(found), version: found.etag };
    },
    save: (run, version) => saved(requests, runs, run, version),
    async remove(ids) {
      await removeRows(requests, runs, ids.map(keyOfRun));
    },
    async note(name) {
      const found = await requests.at(notes, name);
      return found && (JSON.parse(String(found.value)) as Note);
    },
    async keepNote(name, value) {
      const entity = { partitionKey: notes, rowKey: name, value: JSON.stringify(value) };
      await requests.again((client, within) => client.upsertEntity(entity, 'Replace', within));
    },
  };
};

type Note = Readonly<Record<string, string | number>>;

const saved = (
  requests: TableRequests,
  partitionKey: string,
  run: Run,
  version: string | undefined,
): Promise<string> => {
  const rowKey = keyOfRun(run.id);
  const entity = { partitionKey, rowKey, ...propertiesOfRun(run) };
  return settledWrite(requests.clock, {
    what: `Run ${run.id}`,
    async send() {
      const written = await requests.once((client, within) =>
        version === undefined
          ? client.createEntity(entity, within)
          : client.updateEntity(entity, 'Replace', { etag: version, ...within }),
      );
      return written.etag;
    },
    look: async () => standingOf(await requests.at(partitionKey, rowKey), entity, version),
  });
};
