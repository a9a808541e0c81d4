/**
 * Leases in Table storage, by the service's clock: the stamp of the row against the `Date` header of the answer that it is read with.
 *
 * That header has whole seconds, cut off, so that a lease never seems older than it is, and up to a second younger: one that was not
 * released is taken over up to a second late.
 */
import type { TableClient } from '@azure/data-tables';
import { partitionKeyOf } from '../../storage/keys.ts';
import { type TableRequests, tableRequests } from '../../storage/tableRequests.ts';
import { instantOf, unless } from '../../storage/tableService.ts';
import type { Leases } from '../lease.ts';
import type { LeaseRow, LeaseRows } from './leaseRows.ts';
import { type LeaseOptions, leasesInRows } from './leasesInRows.ts';
import type { Tally } from './tally.ts';

export interface TableLeaseOptions extends LeaseOptions {
  /** Tenant and application: whoever sees with the same eyes. */
  readonly partition: string;
  readonly tally: Tally;
}

/** @param table gives the client; asked for at the first use, so that the SDK is loaded only then */
export const tableLeases = (
  table: () => Promise<TableClient>,
  { partition, tally, ...options }: TableLeaseOptions,
): Leases => {
  const requests = tableRequests(table, { onRequest: () => tally.count('tables'), clock: options.clock });
  return leasesInRows(tableLeaseRows(requests, partition, options.leaseMs), options);
};

const tableLeaseRows = (requests: TableRequests, partition: string, leaseMs: number): LeaseRows => {
  const partitionKey = partitionKeyOf(partition, 'leases');
  return {
    async read(name) {
      return requests.again(async (client, within) => {
        let date: string | undefined;
        const onResponse = ({ headers }: WithHeaders) => {
          date = headers.get('date');
        };
        const found = await unless([404], () => client.getEntity(partitionKey, name, { onResponse, ...within }));
        if (found === undefined) return undefined;
        const ageMs = instantOf(date) - instantOf(found.timestamp);
        return { row: rowOf(found), version: found.etag, ageMs };
      });
    },
    async write(name, row, version) {
      const entity = { partitionKey, rowKey: name, ...row };
      // A renewal that takes longer than its lease has no use.
      const written = await unless([404, 409, 412], () =>
        requests.once(
          (client, within) =>
            version === undefined
              ? client.createEntity(entity, within)
              : client.updateEntity(entity, 'Replace', { etag: version, ...within }),
          leaseMs,
        ),
      );
      if (written === undefined) return undefined;
      if (written.etag === undefined) throw new Error(`Table storage gave no version for the lease '${name}'`);
      return written.etag;
    },
  };
};

interface WithHeaders {
  readonly headers: { get(name: string): string | undefined };
}

const rowOf = (found: Readonly<Record<string, unknown>>): LeaseRow => ({
  epoch: Number(found.epoch),
  token: String(found.token),
  owner: String(found.owner),
  isHeld: found.isHeld === true,
  leaseMs: Number(found.leaseMs),
});
