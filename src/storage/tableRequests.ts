/**
 * Requests to one table. The client given need not retry: what reads, or does no harm twice, is asked again here;
 * whoever writes on a version has to find out what became of it (`tableSettledWrite.ts`).
 */
import type { TableClient, TableEntityResult, TransactionAction } from '@azure/data-tables';
import type { Clock } from '../clock.ts';
import { quoted } from './keys.ts';
import { inTime, retrying, type Within } from './tableRetries.ts';
import { isTableMissing } from './tableService.ts';

export type Found = TableEntityResult<Record<string, unknown>>;

export interface TableRequests {
  readonly clock: Clock;
  /** One request. A table that is missing is made. */
  once<T>(ask: Ask<T>, withinMs?: number): Promise<T>;
  /** The same, and again where the fault passes. */
  again<T>(ask: Ask<T>): Promise<T>;
  at(partitionKey: string, rowKey: string): Promise<Found | undefined>;
  /** All rows, in the order of their keys; none where there is no table. @param top at most so many */
  query(filter: string, options?: QueryOptions): Promise<readonly Found[]>;
  /** Rows that are put or removed whatever stands there: 100 to a transaction, at once. */
  submit(actions: TransactionAction[]): Promise<void>;
}

/** @param within to be handed on to the client */
export type Ask<T> = (client: TableClient, within: Within) => Promise<T>;

export interface QueryOptions {
  readonly select?: string[];
  readonly top?: number;
  /** Told of each page that came. */
  readonly onPage?: () => void;
}

export interface RequestOptions {
  /** Told of each request; attempts that failed count, too. */
  readonly onRequest?: () => void;
  readonly clock: Clock;
}

/** Most rows of a page ("Query timeout and pagination"). */
const pageSize = 1000;

/** @param table gives the client; asked for at the first use, so that the SDK is loaded only then */
export const tableRequests = (
  table: () => Promise<TableClient>,
  { onRequest, clock }: RequestOptions,
): TableRequests => {
  const counted = async <T>(ask: Ask<T>, withinMs?: number): Promise<T> => {
    const client = await table();
    onRequest?.();
    return inTime(clock, (within) => ask(client, within), withinMs);
  };
  const once = <T>(ask: Ask<T>, withinMs?: number): Promise<T> =>
    counted(ask, withinMs).catch(async (fault: unknown) => {
      if (!isTableMissing(fault)) throw fault;
      await counted((client, within) => client.createTable(within));
      return counted(ask, withinMs);
    });
  const again = <T>(ask: Ask<T>): Promise<T> => retrying(clock, () => once(ask));

  const query: TableRequests['query'] = async (filter, { select, top = Number.POSITIVE_INFINITY, onPage } = {}) => {
    const found: Found[] = [];
    let token: string | undefined;
    do {
      const asked = { filter, select, from: token, most: Math.min(pageSize, top - found.length) };
      const page = await retrying(clock, () => counted((client, within) => pageOf(client, asked, within)));
      found.push(...page.rows);
      token = page.next;
      onPage?.();
    } while (token !== undefined && found.length < top);
    return found;
  };

  return {
    clock,
    once,
    again,
    query,
    async at(partitionKey, rowKey) {
      const filter = `PartitionKey eq ${quoted(partitionKey)} and RowKey eq ${quoted(rowKey)}`;
      return (await query(filter, { top: 1 }))[0];
    },
    async submit(actions) {
      await again((client, within) => client.submitTransaction(actions, within));
    },
  };
};

interface PageAsked {
  readonly filter: string;
  readonly select: string[] | undefined;
  readonly from: string | undefined;
  readonly most: number;
}

interface FoundPage {
  readonly rows: readonly Found[];
  readonly next: string | undefined;
}

const pageOf = async (
  client: TableClient,
  { filter, select, from, most }: PageAsked,
  within: Within,
): Promise<FoundPage> => {
  const queryOptions = select ? { filter, select } : { filter };
  const pages = client.listEntities<Record<string, unknown>>({ queryOptions, ...within });
  const settings = { maxPageSize: most, ...(from !== undefined && { continuationToken: from }) };
  try {
    const { value } = await pages.byPage(settings).next();
    return { rows: value ?? [], next: value?.continuationToken };
  } catch (fault) {
    if (isTableMissing(fault)) return { rows: [], next: undefined };
    throw fault;
  }
};
