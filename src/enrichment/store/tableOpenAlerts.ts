/** What is open, by the markers: the first of each part, then the first of those. */
import { quoted } from '../../storage/keys.ts';
import type { AlertStore } from '../alertStore.ts';
import { openAlertOf } from './alertRows.ts';
import { instantKey } from './instantKey.ts';
import { rowsBefore, rowsOf } from './tableAlertKeys.ts';
import type { AlertTable } from './tableAlerts.ts';

export const listOpen = async (
  { requests, inParts }: AlertTable,
  ...[state, { dueBefore, after, top }]: Parameters<AlertStore['list']>
): ReturnType<AlertStore['list']> => {
  if (top < 1) return [];
  const before = dueBefore === undefined ? undefined : Math.ceil(dueBefore);
  const allIn = (partition: string): string => {
    if (before === undefined) return rowsOf(partition, state);
    if (state === 'waiting') return rowsBefore(partition, state, before);
    return `${rowsOf(partition, state)} and due lt ${quoted(instantKey(before))}`;
  };
  const filterIn = (partition: string): string =>
    after === undefined ? allIn(partition) : `${allIn(partition)} and RowKey gt ${quoted(after)}`;
  const found = await inParts((partition) => requests.query(filterIn(partition), { top }));
  return [...found]
    .sort(({ rowKey: a = '' }, { rowKey: b = '' }) => Number(a > b) - Number(a < b))
    .slice(0, top)
    .map(openAlertOf);
};
