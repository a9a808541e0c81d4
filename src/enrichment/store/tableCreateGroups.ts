/** New alerts, put together as transactions can take them. */
import type { NewAlert } from '../alertStore.ts';
import { isLong } from './longText.ts';
import { mostInTransaction } from './tableAlerts.ts';

export interface Together {
  readonly partitionKey: string;
  readonly alerts: readonly NewAlert[];
}

/** Record, original, marker. */
const rowsOfAlert = 3;

/** Bytes of JSON; a transaction takes 4 MiB ("Performing entity group transactions"). */
const mostBytes = 3.5 * 1024 * 1024;

export const transactionsOf = (
  alerts: readonly NewAlert[],
  partitionOf: (key: string) => string,
): readonly Together[] => {
  const byPartition = new Map<string, NewAlert[]>();
  for (const alert of alerts) {
    const partitionKey = partitionOf(alert.record.key);
    const others = byPartition.get(partitionKey);
    if (others) others.push(alert);
    else byPartition.set(partitionKey, [alert]);
  }
  return [...byPartition].flatMap(([partitionKey, all]) =>
    piecesOf(all).map((piece) => ({ partitionKey, alerts: piece })),
  );
};

const piecesOf = (alerts: readonly NewAlert[]): readonly (readonly NewAlert[])[] => {
  const pieces: NewAlert[][] = [];
  let room = { rows: 0, bytes: 0 };
  for (const alert of alerts) {
    const bytes = mostBytesOf(alert);
    if (room.rows < rowsOfAlert || room.bytes < bytes) {
      pieces.push([]);
      room = { rows: mostInTransaction, bytes: mostBytes };
    }
    pieces.at(-1)?.push(alert);
    room = { rows: room.rows - rowsOfAlert, bytes: room.bytes - bytes };
  }
  return pieces;
};

/** No character of JSON takes more than three bytes: in UTF-8, or where it is escaped once more. Headers and keys take a kilobyte or two a row. */
const mostBytesOf = ({ record, original }: NewAlert): number =>
  3 * ((isLong(original) ? 0 : original.length) + JSON.stringify(record).length) + 6000;
