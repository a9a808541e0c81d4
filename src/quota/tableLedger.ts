/**
 * The ledger in Table storage: one entity per quota, replaced only on its ETag.
 *
 * The client given must not retry: a write that reached the store but whose answer was lost would come back as a
 * conflict with itself. Such an outcome is reported as `LostAnswer`, and the gate settles it.
 */
import type { TableClient } from '@azure/data-tables';
import { instantOf, stampOf, statusOf, unless } from '../storage/tableService.ts';
import { type Ledger, LostAnswer, type Swap, type Version } from './ledger.ts';
import { decodeRow, encodeRow } from './ledgerCodec.ts';
import type { LedgerRow } from './ledgerRow.ts';

export interface LedgerKey {
  /** Tenant and application: the two that Defender counts by. */
  readonly partition: string;
  /** The quota's name. */
  readonly quota: string;
}

/** How long the store may take for one operation. */
const answerWithinMs = 2000;
const stampRow = 'clock';

/** @param table gives the client; asked for at the first use, so that the SDK is loaded only then */
export const tableLedger = (table: () => Promise<TableClient>, { partition, quota }: LedgerKey): Ledger => {
  const key = { partitionKey: partition, rowKey: quota };

  const read = async (): Promise<Version | undefined> => {
    const client = await table();
    const found = await unless([404], () => client.getEntity(partition, quota, within()));
    if (found === undefined) return undefined;
    return {
      row: decodeRow(found, `row '${quota}' of partition '${partition}' in the table 'quota'`),
      etag: found.etag,
      stampedAt: instantOf(found.timestamp),
    };
  };

  const create = async (client: TableClient, next: LedgerRow) => {
    const insert = () => client.createEntity({ ...key, ...encodeRow(next) }, within());
    const created = await unless([404, 409], insert).catch(lost);
    if (created) return created;
    await client.createTable();
    return unless([409], insert).catch(lost);
  };

  return {
    read,
    async swap(from, next): Promise<Swap> {
      const client = await table();
      const entity = { ...key, ...encodeRow(next) };
      const replace = (etag: string) => client.updateEntity(entity, 'Replace', { etag, ...within() });
      const written = from
        ? await unless([404, 412], () => replace(from.etag)).catch(lost)
        : await create(client, next);
      if (!written?.etag) return { kind: 'overtaken' };
      return { kind: 'written', version: { row: next, etag: written.etag, stampedAt: stampOf(written.etag) } };
    },
    async stamp() {
      const client = await table();
      const entity = { partitionKey: partition, rowKey: stampRow };
      const put = () => client.upsertEntity(entity, 'Replace', within());
      const written = await unless([404], put);
      if (written) return stampOf(written.etag ?? '');
      await client.createTable();
      return stampOf((await put()).etag ?? '');
    },
  };
};

const within = () => ({ abortSignal: AbortSignal.timeout(answerWithinMs) });

/** A write that was refused was not done; any other fault leaves it open. */
const lost = (fault: unknown): never => {
  const status = statusOf(fault);
  if (status !== undefined && status >= 400 && status < 500 && status !== 408) throw fault;
  throw new LostAnswer('Table storage did not confirm a write of the quota ledger', { cause: fault });
};
