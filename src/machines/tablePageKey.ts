/** The secret of page links as a row in Table storage: whoever comes first writes it, and all others read what was written. */
import { randomBytes } from 'node:crypto';
import type { TableClient } from '@azure/data-tables';
import { unless } from '../storage/tableService.ts';
import type { PageKey } from './pageKey.ts';

const rowKey = 'pageKey';
const secretBytes = 32;
/** How long the store may take for one operation. */
const answerWithinMs = 2000;

/**
 * @param table gives the client; asked for at the first use, so that the SDK is loaded only then
 * @param partition tenant and application: whoever sees with the same eyes
 */
export const tablePageKey = (table: () => Promise<TableClient>, partition: string): PageKey => {
  let known: Promise<Uint8Array> | undefined;
  const forget = (fault: unknown): never => {
    known = undefined;
    throw fault;
  };
  return {
    get() {
      known ??= readOrWrite(table, partition).catch(forget);
      return known;
    },
  };
};

const readOrWrite = async (table: () => Promise<TableClient>, partition: string): Promise<Uint8Array> => {
  const client = await table();
  const secret = (await read(client, partition)) ?? (await write(client, partition)) ?? (await read(client, partition));
  if (secret === undefined) throw new Error(`${named(partition)} was written by somebody else, and is not there`);
  return secret;
};

const read = async (client: TableClient, partition: string): Promise<Uint8Array | undefined> => {
  const row = await unless([404], () => client.getEntity(partition, rowKey, within()));
  if (row === undefined) return undefined;
  if (row.secret instanceof Uint8Array && row.secret.byteLength >= secretBytes) return row.secret;
  throw new Error(`${named(partition)} holds no secret of ${secretBytes} bytes; delete it to get a new one`);
};

/** @returns undefined where somebody else was faster */
const write = async (client: TableClient, partition: string): Promise<Uint8Array | undefined> => {
  const secret = new Uint8Array(randomBytes(secretBytes));
  const insert = () => client.createEntity({ partitionKey: partition, rowKey, secret }, within());
  const written = await unless([404, 409], insert);
  if (written) return secret;
  await client.createTable(within());
  return (await unless([409], insert)) && secret;
};

const named = (partition: string): string => `row '${rowKey}' of partition '${partition}'`;

const within = () => ({ abortSignal: AbortSignal.timeout(answerWithinMs) });
