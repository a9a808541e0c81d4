/**
 * New alerts into their partitions, as many to a transaction as it holds. One that exists makes the service refuse all of them, and an answer
 * may be lost: then the rows tell whose they are, by a token of this call, and the rest is tried again.
 */
import type { TransactionAction } from '@azure/data-tables';
import { inParallel } from '../../inParallel.ts';
import { isPassing, waitsMs } from '../../storage/tableRetries.ts';
import { statusOf } from '../../storage/tableService.ts';
import type { AlertStore, NewAlert } from '../alertStore.ts';
import { propertiesOfMarker, propertiesOfRecord } from './alertRows.ts';
import { discard, isLong, stow } from './longText.ts';
import type { Properties } from './properties.ts';
import { bodyPlace, markerKey, originalKey, recordKey } from './tableAlertKeys.ts';
import { type AlertTable, created, mostAtOnce, put } from './tableAlerts.ts';
import { transactionsOf } from './tableCreateGroups.ts';

type Told = readonly [key: string, kind: 'created' | 'known'];

interface Creating {
  readonly table: AlertTable;
  readonly partitionKey: string;
  /** Of this call. */
  readonly token: string;
}

interface Ready {
  readonly alert: NewAlert;
  /** As it stands in its row. */
  readonly original: Properties;
}

export const createAlerts = async (
  table: AlertTable,
  alerts: readonly NewAlert[],
): ReturnType<AlertStore['create']> => {
  const token = crypto.randomUUID();
  const transactions = transactionsOf(alerts, table.partitionOf);
  const told = await inParallel(transactions, mostAtOnce, (together) =>
    createTogether({ table, partitionKey: together.partitionKey, token }, together.alerts),
  );
  const kinds = new Map(told.flat());
  return alerts.map(({ record }) => kinds.get(record.key) ?? 'known');
};

/** Long originals are written for those only that are not there. */
const createTogether = async (creating: Creating, alerts: readonly NewAlert[]): Promise<readonly Told[]> => {
  const long = alerts.filter(({ original }) => isLong(original));
  const there = new Map((await look(creating, long)).filter(([, kind]) => kind === 'known'));
  const absent = alerts.filter(({ record }) => !there.has(record.key));
  const ready = await inParallel(absent, mostAtOnce, (alert) => prepared(creating, alert));
  const told = await settled(creating, ready);
  const known = new Set(told.filter(([, kind]) => kind === 'known').map(([key]) => key));
  const vain = ready.filter(({ alert }) => known.has(alert.record.key));
  await discard(creating.table.bodies, ...vain.map(({ original }) => original));
  return [...there, ...told];
};

const prepared = async ({ table, partitionKey, token }: Creating, alert: NewAlert): Promise<Ready> => {
  const original = await stow(table.bodies, bodyPlace(partitionKey, alert.record.key, 'original'), alert.original);
  return { alert, original: { ...original, token } };
};

/** @param vain tries in a row that told of none */
const settled = async (creating: Creating, ready: readonly Ready[], vain = 0): Promise<readonly Told[]> => {
  if (ready.length === 0) return [];
  const fault = await faultOf(creating, ready);
  if (fault === undefined) return ready.map(({ alert }) => [alert.record.key, 'created']);
  if (isPassing(fault)) await creating.table.requests.clock.sleep(waitsMs[vain] ?? 0);
  const alerts = ready.map(({ alert }) => alert);
  const found = new Map(await look(creating, alerts));
  const tries = found.size > 0 ? vain : vain + 1;
  if (tries > waitsMs.length) throw fault;
  const rest = ready.filter(({ alert }) => !found.has(alert.record.key));
  return [...found, ...(await settled(creating, rest, tries))];
};

/** One transaction. @returns why it is not known to be done @throws what no further try would mend */
const faultOf = async ({ table, partitionKey }: Creating, ready: readonly Ready[]): Promise<unknown> => {
  const actions = ready.flatMap(({ alert: { record }, original }): TransactionAction[] => [
    created(partitionKey, recordKey(record.key), propertiesOfRecord(record)),
    created(partitionKey, originalKey(record.key), original),
    put(partitionKey, markerKey(record), propertiesOfMarker(record)),
  ]);
  try {
    await table.requests.once((client, within) => client.submitTransaction(actions, within));
    return undefined;
  } catch (fault) {
    if (statusOf(fault) === 409 || isPassing(fault)) return fault;
    throw fault;
  }
};

/** What stands there already: of this call, or of another. */
const look = async (
  { table, partitionKey, token }: Creating,
  alerts: readonly NewAlert[],
): Promise<readonly Told[]> => {
  const found = await inParallel(alerts, mostAtOnce, async ({ record: { key } }): Promise<readonly Told[]> => {
    const row = await table.at(partitionKey, originalKey(key), ['token']);
    return row ? [[key, row.token === token ? 'created' : 'known']] : [];
  });
  return found.flat();
};
