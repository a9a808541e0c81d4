/**
 * Staged pages in Table storage: four partitions for each list, each with a quarter of the buckets; a row for each page and bucket, empty ones
 * too, so that a page put again leaves nothing of the one before. A run uses the rows of the last one again: nothing has to be deleted.
 */
import type { TableClient, TransactionAction } from '@azure/data-tables';
import { type Clock, systemClock } from '../../clock.ts';
import { partitionKeyOf, quoted } from '../../storage/keys.ts';
import { propertiesOfText, textOfProperties } from '../../storage/propertyText.ts';
import { type Found, tableRequests } from '../../storage/tableRequests.ts';
import { linesIn } from '../lines.ts';
import type { ListName } from '../run.ts';
import type { RunId } from '../runId.ts';
import type { StagedPage, StagedRows, Staging } from '../staging.ts';
import { bucketsByQuarter } from './quarters.ts';
import type { Tally } from './tally.ts';

export interface TableStagingOptions {
  /** Tenant and application: whoever sees with the same eyes. */
  readonly partition: string;
  /** At most 256. */
  readonly buckets: number;
  readonly tally: Tally;
  readonly clock?: Clock;
}

/** @param table gives the client; asked for at the first use, so that the SDK is loaded only then */
export const tableStaging = (
  table: () => Promise<TableClient>,
  { partition, buckets, tally, clock = systemClock }: TableStagingOptions,
): Staging => {
  const requests = tableRequests(table, { onRequest: () => tally.count('staging'), clock });
  const partitionKey = (list: ListName, quarter: number): string => partitionKeyOf(partition, list, `${quarter}`);
  const quarters = bucketsByQuarter(buckets);

  return {
    async put(page, rows) {
      const transactions = quarters.map((numbers, quarter) => {
        const key = partitionKey(page.list, quarter);
        return numbers.map((bucket) => putting(key, page, bucket, rows[bucket] ?? ''));
      });
      await Promise.all(transactions.map(requests.submit));
    },
    async read(list, run, from, to) {
      const touched = quarters.flatMap((numbers, quarter) =>
        numbers.some((b) => b >= from && b < to) ? [quarter] : [],
      );
      const keys = `RowKey ge ${quoted(padded(from))} and RowKey lt ${quoted(padded(to))}`;
      const found = await Promise.all(
        touched.map((quarter) =>
          requests.query(`PartitionKey eq ${quoted(partitionKey(list, quarter))} and ${keys} and ${ofRun(run)}`),
        ),
      );
      return found.flat().map(stagedOf);
    },
    async counts(list, run) {
      const select = ['RowKey', 'epoch', 'lines'];
      const found = await Promise.all(
        quarters.map((_, quarter) =>
          requests.query(`PartitionKey eq ${quoted(partitionKey(list, quarter))} and ${ofRun(run)}`, { select }),
        ),
      );
      return found.flat().map((row) => ({ ...placeOf(row), lines: Number(row.lines) }));
    },
  };
};

const putting = (
  partitionKey: string,
  { run, page, epoch }: StagedPage,
  bucket: number,
  rows: string,
): TransactionAction => {
  const rowKey = `${padded(bucket)}|${page.toString().padStart(6, '0')}`;
  const entity = { partitionKey, rowKey, run, epoch, lines: linesIn(rows), ...propertiesOfText(rows) };
  return ['upsert', entity, 'Replace'];
};

/** Empty ones left out. */
const ofRun = (run: RunId): string => `run eq ${quoted(run)} and lines gt 0`;

const stagedOf = (found: Found): StagedRows => ({ ...placeOf(found), rows: textOfProperties(found) });

const placeOf = (found: Found) => {
  const [bucket = '', page = ''] = (found.rowKey ?? '').split('|');
  return { bucket: Number(bucket), page: Number(page), epoch: Number(found.epoch) };
};

const padded = (bucket: number): string => bucket.toString().padStart(3, '0');
