/**
 * What one would write first: each call reads the log of calls, finds the first free instant, and writes it back on its ETag;
 * overtaken, it begins anew. Instants are this machine's, windows are the limits themselves, and when its instant comes the call
 * is sent, however late that is.
 */
import type { TableClient } from '@azure/data-tables';
import { systemClock } from '../../../src/clock.ts';
import { LostAnswer } from '../../../src/quota/ledger.ts';
import type { Limit } from '../../../src/quota/limits.ts';
import type { Transactions } from '../../../src/quota/store.ts';
import { earliest, insert } from '../../../src/quota/windows.ts';
import { noTransactions } from '../torture/messages.ts';
import type { Door } from './door.ts';
import type { Unanswered } from './unanswered.ts';

export interface CasPerCallOptions {
  readonly table: () => Promise<TableClient>;
  readonly unanswered: Unanswered;
  readonly limits: readonly Limit[];
}

interface Kept {
  readonly instants: readonly number[];
  readonly etag: string | undefined;
}

const key = { partitionKey: 'bench', rowKey: 'casPerCall' };

export const casPerCallDoor = ({ table, unanswered, limits }: CasPerCallOptions): Door => {
  const windows = limits.map(({ calls, seconds }) => ({ calls, milliseconds: seconds * 1000 }));
  const longest = Math.max(...windows.map(({ milliseconds }) => milliseconds));
  const transactions: { -readonly [name in keyof Transactions]: number } = { ...noTransactions };

  const read = async (): Promise<Kept> => {
    transactions.reads += 1;
    const client = await table();
    const found = await unless([404], () => client.getEntity(key.partitionKey, key.rowKey));
    return { instants: JSON.parse(String(found?.instants ?? '[]')), etag: found?.etag };
  };
  const write = async (instants: readonly number[], etag: string | undefined): Promise<boolean> => {
    transactions.writes += 1;
    const client = await table();
    const entity = { ...key, instants: JSON.stringify(instants) };
    const put = () => (etag ? client.updateEntity(entity, 'Replace', { etag }) : client.createEntity(entity));
    return (await unless([404, 409, 412], put)) !== undefined;
  };

  /** The instant that is now this call's, or undefined where none comes in its time. */
  const book = async (notAfter: number): Promise<number | undefined> => {
    for (;;) {
      const { instants, etag } = await read();
      const now = systemClock.wall();
      const next = instants.filter((instant) => instant > now - longest);
      const at = earliest(next, windows, now);
      if (at > notAfter) return undefined;
      insert(next, at);
      const isWritten = await unanswered(() => write(next, etag)).catch((fault: unknown) => {
        if (!(fault instanceof LostAnswer)) throw fault;
        transactions.ambiguous += 1;
      });
      if (isWritten) return at;
      if (isWritten === false) transactions.conflicts += 1;
    }
  };

  return {
    async pass({ waitMs }, send) {
      // Whoever uses it so has no answer to a store that fails, but to be refused.
      const at = await book(systemClock.wall() + waitMs).catch(() => undefined);
      if (at === undefined) return { kind: 'refused', retryAfterSeconds: 1 };
      await systemClock.sleep(at - systemClock.wall());
      const { value } = await send();
      return { kind: 'sent', value };
    },
    transactions,
    close: async () => undefined,
  };
};

/** What was answered; undefined where it was one of these refusals. */
const unless = async <T>(statuses: readonly number[], ask: () => Promise<T>): Promise<T | undefined> => {
  try {
    return await ask();
  } catch (fault) {
    if (statuses.includes((fault as { statusCode?: number }).statusCode ?? 0)) return undefined;
    throw fault;
  }
};
