/** The store of states in Table storage: a partition for each bucket of each tenant and application. */
import type { TableClient } from '@azure/data-tables';
import { type Clock, systemClock } from '../../clock.ts';
import { tableRequests } from '../../storage/tableRequests.ts';
import type { StateStore } from '../stateStore.ts';
import { statesInRows } from './statesInRows.ts';
import { tableStateRows } from './tableStateRows.ts';
import type { Tally } from './tally.ts';

export interface TableStatesOptions {
  /** Tenant and application: whoever sees with the same eyes. */
  readonly partition: string;
  readonly tally: Tally;
  readonly clock?: Clock;
}

/** @param table gives the client; asked for at the first use, so that the SDK is loaded only then */
export const tableStates = (
  table: () => Promise<TableClient>,
  { partition, tally, clock = systemClock }: TableStatesOptions,
): StateStore =>
  statesInRows(tableStateRows(tableRequests(table, { onRequest: () => tally.count('tables'), clock }), partition));
