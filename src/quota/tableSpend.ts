/** Rows of spend in Table storage, in the partition of the ledgers: one entity for each process, written by it alone. */
import type { TableClient, TransactionAction } from '@azure/data-tables';
import { isTableMissing } from '../storage/tableService.ts';
import { mostDead, type SavedRow, type SpendRow, type SpendStore } from './spend.ts';
import { decodeSpend, encodeSpend } from './spendCodec.ts';

const prefix = 'spend-';
/** Sorts behind all names that begin with the prefix. */
const behind = 'spend.';
const answerWithinMs = 2000;
const pageSize = 1000;

/** @param table gives the client; asked for at the first use, so that the SDK is loaded only then */
export const tableSpend = (table: () => Promise<TableClient>, partition: string): SpendStore => {
  const list = async (compared: string, since: number, select: string[]): Promise<readonly Found[]> => {
    const filter = `PartitionKey eq '${quoted(partition)}' and RowKey ge '${prefix}' and RowKey lt '${behind}' and Timestamp ${compared} datetime'${new Date(since).toISOString()}'`;
    const found: Found[] = [];
    const client = await table();
    const pages = client
      .listEntities({ queryOptions: { filter, select }, ...within() })
      .byPage({ maxPageSize: pageSize });
    for await (const page of pages) found.push(...page);
    return found;
  };

  return {
    async read(since) {
      const found = await orNone(list('ge', since, ['RowKey', 'Timestamp', 'format', 'quotas', 'callers', 'counts']));
      const rows = found.flatMap(readable);
      return { rows, unreadable: found.length - rows.length };
    },
    async save(row, dead) {
      const client = await table();
      const actions = [...dead.map((owner) => removing(partition, owner)), putting(partition, row)];
      const write = () => client.submitTransaction(actions, within());
      await write().catch(async (fault: unknown) => {
        if (!isTableMissing(fault)) throw fault;
        await client.createTable();
        await write();
      });
    },
    async dead(since) {
      const found = await orNone(list('lt', since, ['RowKey']));
      return found.slice(0, mostDead).map(ownerOf);
    },
  };
};

type Found = Readonly<Record<string, unknown>> & { readonly rowKey?: string; readonly timestamp?: string };

const ownerOf = ({ rowKey = '' }: Found): string => rowKey.slice(prefix.length);

const readable = (found: Found): SavedRow[] => {
  try {
    return [{ owner: ownerOf(found), savedAt: Date.parse(found.timestamp ?? ''), spent: decodeSpend(found) }];
  } catch {
    return [];
  }
};

const putting = (partitionKey: string, { owner, spent }: SpendRow): TransactionAction => [
  'upsert',
  { partitionKey, rowKey: prefix + owner, ...encodeSpend(spent) },
  'Replace',
];

const removing = (partitionKey: string, owner: string): TransactionAction => [
  'delete',
  { partitionKey, rowKey: prefix + owner },
];

const quoted = (text: string): string => text.replaceAll("'", "''");

const within = () => ({ abortSignal: AbortSignal.timeout(answerWithinMs) });

/** Where there is no table yet, nothing was spent. */
const orNone = async <T>(asked: Promise<readonly T[]>): Promise<readonly T[]> =>
  asked.catch((fault: unknown) => {
    if (isTableMissing(fault)) return [];
    throw fault;
  });
