/** The staging table in memory. A page is written by quarters, as in Table storage: who is killed between leaves some of it. */

import { type MemoryWrites, writing } from '../../storage/memoryWrites.ts';
import { linesIn } from '../lines.ts';
import type { ListName } from '../run.ts';
import type { RunId } from '../runId.ts';
import type { StagedPage, StagedRows, Staging } from '../staging.ts';
import { bucketsByQuarter } from './quarters.ts';

/** @param writes called with `staged` for each quarter */
export const memoryStaging = (writes: MemoryWrites = {}): Staging => {
  const stored = new Map<string, Stored>();

  const put = ({ list, run, page, epoch }: StagedPage, bucket: number, rows: string): void => {
    stored.set(`${list} ${bucket} ${page}`, { list, run, bucket, page, epoch, rows });
  };

  return {
    async put(page, rows) {
      for (const buckets of bucketsByQuarter(rows.length)) {
        writing(writes, 'staged', () => {
          for (const bucket of buckets) put(page, bucket, rows[bucket] ?? '');
        });
      }
    },
    async read(list, run, from, to) {
      return [...stored.values()]
        .filter((row) => row.list === list && row.run === run && row.bucket >= from && row.bucket < to)
        .filter(({ rows }) => rows !== '')
        .map(({ bucket, page, epoch, rows }) => ({ bucket, page, epoch, rows }));
    },
    async counts(list, run) {
      return [...stored.values()]
        .filter((row) => row.list === list && row.run === run && row.rows !== '')
        .map(({ bucket, page, epoch, rows }) => ({ bucket, page, epoch, lines: linesIn(rows) }));
    },
  };
};

interface Stored extends StagedRows {
  readonly list: ListName;
  readonly run: RunId;
}
