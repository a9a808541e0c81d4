/**
 * Writes of rows in as few transactions as can be.
 *
 * The service does all of a transaction or nothing, and names the one operation that stood in its way. That one is left out and the rest
 * tried again; where a second stands in the way, all are looked up, because two processes that ask the same things meet in
 * each of them.
 */
import type { TableClient, TransactionAction } from '@azure/data-tables';
import { isTableMissing, stampOf, statusOf } from '../storage/tableService.ts';
import type { RowVersion, RowWrite } from './answerRows.ts';
import { failedAt } from './tableAnswersService.ts';

/** @returns the versions of those that were written, by slot */
export const writeRows = async (
  client: TableClient,
  partition: string,
  writes: readonly RowWrite[],
  abortSignal: AbortSignal,
): Promise<ReadonlyMap<string, RowVersion>> => {
  const store = { client, partition, abortSignal };
  const written = await Promise.all(transactionsOf(writes).map((each) => writeTogether(store, each)));
  return new Map(written.flat());
};

interface Store {
  readonly client: TableClient;
  readonly partition: string;
  readonly abortSignal: AbortSignal;
}

type Written = readonly (readonly [slot: string, version: RowVersion])[];

const mostTries = 5;

const writeTogether = async (store: Store, writes: readonly RowWrite[]): Promise<Written> => {
  let left = writes;
  for (let tries = 1; tries <= mostTries && left.length > 0; tries += 1) {
    const sent = await submitted(store, left);
    if (sent.kind === 'written') return sent.written;
    const others = left.filter((_, i) => i !== sent.index);
    left = tries === 1 ? others : await unchanged(store, others);
  }
  return [];
};

/** @throws the service's fault where it is not that somebody else wrote */
const submitted = async (
  store: Store,
  writes: readonly RowWrite[],
): Promise<{ kind: 'written'; written: Written } | { kind: 'overtaken'; index: number }> => {
  try {
    return { kind: 'written', written: await submit(store, writes) };
  } catch (fault) {
    const index = failedAt(fault);
    if (index === undefined || ![404, 409, 412].includes(statusOf(fault) ?? 0)) throw fault;
    return { kind: 'overtaken', index };
  }
};

const submit = async ({ client, partition, abortSignal }: Store, writes: readonly RowWrite[]): Promise<Written> => {
  const actions = writes.map((write) => actionOf(partition, write));
  const send = () => client.submitTransaction(actions, { abortSignal });
  const { subResponses } = await send().catch(async (fault: unknown) => {
    if (!isTableMissing(fault)) throw fault;
    await client.createTable({ abortSignal });
    return send();
  });
  return writes.map(({ slot }, i) => {
    const etag = subResponses[i]?.etag ?? '';
    return [slot, { etag, stampedAt: stampOf(etag) }] as const;
  });
};

const actionOf = (partitionKey: string, { slot, etag, how, properties }: RowWrite): TransactionAction => {
  const entity = { partitionKey, rowKey: slot, ...properties };
  if (etag === undefined) return ['create', entity];
  return ['update', entity, how === 'merge' ? 'Merge' : 'Replace', { etag }];
};

const unchanged = async (store: Store, writes: readonly RowWrite[]): Promise<readonly RowWrite[]> => {
  const etags = await Promise.all(writes.map(({ slot }) => etagNow(store, slot)));
  return writes.filter(({ etag }, i) => etag === etags[i]);
};

const etagNow = async ({ client, partition, abortSignal }: Store, slot: string): Promise<string | undefined> => {
  const options = { abortSignal, queryOptions: { select: ['RowKey'] } };
  const found = await client.getEntity(partition, slot, options).catch((fault: unknown) => {
    if (statusOf(fault) === 404) return undefined;
    throw fault;
  });
  return found?.etag;
};

/** A transaction holds up to 100 entities, and 4 MiB in all ("Performing entity group transactions"); a quarter of it is left for chance. */
const mostOperations = 100;
const mostBytes = 3 * 1024 * 1024;
const overhead = 1024;

const transactionsOf = (writes: readonly RowWrite[]): readonly (readonly RowWrite[])[] => {
  const transactions: RowWrite[][] = [];
  let bytes = Number.POSITIVE_INFINITY;
  for (const write of writes) {
    // In base 64.
    const size = overhead + ((write.properties.answer?.byteLength ?? 0) * 4) / 3;
    bytes += size;
    if (bytes > mostBytes || transactions.at(-1)?.length === mostOperations) {
      transactions.push([]);
      bytes = size;
    }
    transactions.at(-1)?.push(write);
  }
  return transactions;
};
