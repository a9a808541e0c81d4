/**
 * Rows as they come from upstream, page by page in whatever order, put where bucket by bucket they can be read. The pages of a run take the place of the
 * last run's. The port: `tableStaging` in Table storage, `memoryStaging` for tests.
 */
import type { ListName } from './run.ts';
import type { RunId } from './runId.ts';

export interface Staging {
  /**
   * Puts a page, in place of whatever stands there. Where it ends before it is through, the page is put again.
   *
   * @param rows of each bucket, as the source wrote them: lines of text. A bucket without rows is empty
   */
  put(page: StagedPage, rows: readonly string[]): Promise<void>;
  /** What is staged for the buckets from one to before another, in no order. Pages of other runs are left out. */
  read(list: ListName, run: RunId, from: number, to: number): Promise<readonly StagedRows[]>;
  /** What is staged of a list, without the lines themselves. */
  counts(list: ListName, run: RunId): Promise<readonly StagedCount[]>;
}

export interface StagedPage {
  readonly list: ListName;
  readonly run: RunId;
  /** Counted from 0. */
  readonly page: number;
  /** Of the lease under which it is written. */
  readonly epoch: number;
}

interface StagedPlace {
  readonly bucket: number;
  readonly page: number;
  readonly epoch: number;
}

export interface StagedCount extends StagedPlace {
  /** At least 1. */
  readonly lines: number;
}

export interface StagedRows extends StagedPlace {
  /** Lines; not empty. */
  readonly rows: string;
}
